import type { Stored, Traffic } from '../../contract/site.ts';

/** How far the site is kept in this browser for use without a network. */
export interface Offline {
  /**
   * `unsupported`: this browser keeps no program for this address (plain http, private window, switched off);
   * `program`: the program is kept, the models not or not all; `all`: everything that a file needs;
   * `working`: models are being fetched.
   */
  readonly state: 'unknown' | 'unsupported' | 'program' | 'working' | 'all';
  /** Bytes kept so far and of all that belongs to it; models and runtime. */
  readonly bytes: number;
  readonly total: number;
  /** Why not, in words for a person; '' where nothing is wrong. */
  readonly note: string;
}

/** The site that this page comes from: what of it is kept here, what was loaded, whether there is a newer one. */
export class Site {
  offline = $state.raw<Offline>({ state: 'unknown', bytes: 0, total: 0, note: '' });
  traffic = $state.raw<Traffic>({ downloads: 0, bytes: 0, elsewhere: 0, refused: 0, sent: 0, by: 'nothing' });
  /** Null until asked for with `look`. */
  stored = $state.raw<readonly Stored[] | null>(null);
  /** Whether the browser promised not to delete what is kept when room gets short; null where it does not tell. */
  persistent = $state<boolean | null>(null);
  /** A newer build is there and waits to be used. */
  newer = $state(false);
  /** A service worker is in control: its headers are on every answer, and it sees every request. */
  controlled = $state(false);
  /** The browser offers to install the page as an app. */
  installable = $state(false);

  /** Begins to count, registers the service worker, looks for a newer build. Never rejects. */
  async start(): Promise<void> {}
  /** Fetches and keeps all that a file needs. What goes wrong is in `offline.note`. */
  async makeOffline(): Promise<void> {}
  /** Stops that; what is kept stays. */
  stopOffline(): void {}
  /** Looks at what is stored. Never rejects. */
  async look(): Promise<void> {}
  /** Deletes one thing that is stored, or all; and looks again. @throws Failure 'save-failed' */
  async forget(_what: Stored['what'] | 'everything'): Promise<void> {}
  /** Uses the newer build: what was taught is taken along, the page reloads. @throws Failure in words where it cannot, and then nothing changes */
  async useNewer(): Promise<void> {}
  /** Asks the browser to install the page. */
  async install(): Promise<void> {}
}
