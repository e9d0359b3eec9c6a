import { InstallPrompt } from '../../bridge/install-prompt.ts';
import { removeAllStored } from '../../bridge/llm-store.ts';
import { keepFiles, keptOf, needed, usedModels } from '../../bridge/offline-store.ts';
import { forgetSettings } from '../../bridge/settings.ts';
import { readSiteList } from '../../bridge/site-list.ts';
import { SiteWorker } from '../../bridge/site-worker.ts';
import { deleteCaches, lookAtStored } from '../../bridge/stored.ts';
import { TrafficCount, watchPage } from '../../bridge/traffic.ts';
import { listenToWorkers } from '../../bridge/worker-told.ts';
import { Failure } from '../../contract/failure.ts';
import type { SiteTold, Stored, Traffic } from '../../contract/site.ts';
import { BUILD } from '../build.ts';
import { arrive, carry, discard } from './carrying.ts';
import type { CarryParts } from './carrying.ts';
import { idle, place } from './place.ts';
import type { Place } from './place.ts';

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

export interface SiteParts extends CarryParts {
  /** Deletes what is kept of what was taught. What goes wrong becomes an alert. */
  readonly erase: () => Promise<void>;
  /** The encoder is to run on the graphics card, so what that needs belongs to it. */
  readonly gpu: () => boolean;
  readonly report: (error: unknown) => void;
}

/** A model that was loaded is kept a moment later (ms). */
const CALM_MS = 2000;
/** How often to ask whether it is time to look for a newer build (ms). */
const ASK_MS = 600_000;

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
  /** The page is about to load again, and all is taken along: nothing need ask whether to leave. */
  leaving = $state(false);
  /** After a change to a newer build, in words for a person (no error): what was taken along, what to do now; '' else. */
  arrived = $state('');
  /** Why no service worker is in control or none can be, in words for a person; '' where all is well. */
  why = $state('');
  /** A service worker is in control: its headers are on every answer, and it sees every request. */
  controlled = $state(false);
  /** The browser offers to install the page as an app. */
  installable = $state(false);
  private readonly parts: SiteParts;
  private readonly place: Place;
  private readonly worker: SiteWorker;
  private readonly count: TrafficCount;
  private counts = false;
  private prompt: InstallPrompt | null = null;
  private stop: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Looking into what is kept, or deleting it, that has begun. */
  private turn: Promise<void> = Promise.resolve();
  /** Why the models could not be kept, until the next try. */
  private trouble = '';
  /** The person deleted the program. */
  private dropped = false;

  /** @param where for tests: what of the browser it stands on */
  constructor(parts: SiteParts, where: Place = place()) {
    this.parts = parts;
    this.place = where;
    this.count = new TrafficCount(new URL(where.scope).origin);
    this.worker = new SiteWorker({
      container: where.container, scope: where.scope, told: (told) => this.told(told), build: BUILD,
      changed: () => this.changed(),
      leave: () => {
        this.leaving = true;
        location.reload();
      },
    });
  }

  /** Begins to count, registers the service worker, looks for a newer build. Never rejects. */
  async start(): Promise<void> {
    this.worker.listen();
    this.counts = watchPage(this.count, () => this.counted());
    listenToWorkers((told) => {
      this.count.worker(told);
      this.counted();
    });
    this.prompt = new InstallPrompt((offered) => { this.installable = offered; });
    this.arrived = await arrive(this.parts).catch((error: unknown) => {
      this.parts.report(error);
      return '';
    });
    await idle();
    await this.worker.start();
    const check = (): void => { if (!document.hidden) void this.worker.check(); };
    document.addEventListener('visibilitychange', check);
    setInterval(check, ASK_MS);
  }

  /** Fetches and keeps all that a file needs. What goes wrong is in `offline.note`. */
  async makeOffline(): Promise<void> {
    const { scope, caches, storage } = this.place;
    if (this.stop !== null) return;
    const stop = (this.stop = new AbortController());
    this.trouble = '';
    this.offline = { ...this.offline, state: 'working', note: '' };
    try {
      // Without a program to use them nobody could ever reach the models.
      if (caches === null || !(await this.worker.active())) throw new Failure('save-failed', this.why || 'The program itself is not kept yet. Wait a moment and try again, or reload the page first.');
      const list = await readSiteList(scope, BUILD);
      // Whoever has a language model here wants to use it without a network too; nobody else fetches what runs one.
      const llm = (await usedModels(scope, list, caches)) || (await lookAtStored(scope, caches)).some(({ what }) => what === 'language-models');
      const files = needed(list, this.parts.gpu(), llm);
      const { total } = await keptOf(scope, files, caches);
      // Firefox asks the person, who may never answer: nothing waits for that. A browser that says no may still keep it until room gets short.
      void storage?.persist?.().then((promised) => { this.persistent = promised; }, () => undefined);
      const { fetchChecked } = await import('../../engine/embed/model-files.ts');
      await keepFiles({ scope, files, caches, storage, fetchChecked, signal: stop.signal, onBytes: (bytes) => { this.offline = { state: 'working', bytes, total, note: '' }; } });
    } catch (error) {
      if (!stop.signal.aborted) this.trouble = error instanceof Error ? error.message : String(error);
    }
    this.stop = null;
    await this.refresh();
  }

  /** Stops that; what is kept stays. */
  stopOffline(): void {
    this.stop?.abort();
  }

  /** Looks at what is stored. Never rejects. */
  look(): Promise<void> {
    return this.inTurn(() => this.lookNow());
  }

  private async lookNow(): Promise<void> {
    const { scope, caches, storage } = this.place;
    this.persistent = (await storage?.persisted?.().catch(() => null)) ?? null;
    this.stored = await lookAtStored(scope, caches);
    await this.refreshNow();
  }

  /** Deletes one thing that is stored, or all; and looks again. @throws Failure 'save-failed' */
  forget(what: Stored['what'] | 'everything'): Promise<void> {
    return this.inTurn(() => this.forgetNow(what));
  }

  private async forgetNow(what: Stored['what'] | 'everything'): Promise<void> {
    const { scope, caches } = this.place;
    const all = what === 'everything';
    try {
      if (all || what === 'models') this.stopOffline();
      if (all || what === 'taught') await this.parts.erase();
      if (all || what === 'settings') forgetSettings();
      // Started only where there is something: the worker that keeps language models is no part of what is loaded else.
      if ((all || what === 'language-models') && this.stored?.some((item) => item.what === 'language-models')) await removeAllStored();
      for (const one of ['models', 'shared', 'program'] as const) if (all || what === one) await deleteCaches(one, scope, caches);
      if (all || what === 'program') await this.worker.unregister().then(() => { this.dropped = true; });
    } finally {
      await this.lookNow();
    }
  }

  /** Uses the newer build: what was taught is taken along, the page reloads. @throws Failure in words where it cannot, and then nothing changes */
  async useNewer(): Promise<void> {
    let down = false;
    try {
      await this.worker.useNewer(() => carry(this.parts).then(() => { down = true; }));
    } catch (error) {
      if (down) await discard();
      throw error;
    }
  }

  /** Asks the browser to install the page. */
  async install(): Promise<void> {
    await this.prompt?.ask();
  }

  private changed(): void {
    const { controlled, newer, why } = this.worker;
    Object.assign(this, { controlled, newer, why });
    this.counted();
    void this.refresh();
  }

  private told(told: SiteTold): void {
    this.count.told(told);
    this.counted();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), CALM_MS);
  }

  private counted(): void {
    this.traffic = this.count.total(this.controlled ? 'service-worker' : this.counts ? 'browser' : 'nothing');
  }

  /** One after the other: a cache that is looked into while it is deleted is made again, empty. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** What of the site is kept now. Never rejects. */
  private refresh(): Promise<void> {
    return this.inTurn(() => this.refreshNow());
  }

  private async refreshNow(): Promise<void> {
    const { scope, caches } = this.place;
    const active = caches !== null && (await this.worker.active());
    if (this.stop !== null) return;
    const note = this.trouble !== '' ? this.trouble : this.dropped ? 'You deleted the program that was kept here. It is kept again at the next visit.' : this.why;
    if (!active) {
      if (note !== '') this.offline = { state: 'unsupported', bytes: 0, total: 0, note };
      return;
    }
    const list = await this.worker.list();
    const { bytes, total, missing } = await keptOf(scope, list === null ? [] : needed(list, this.parts.gpu()), caches);
    // Models of another build are of no use to this page.
    const all = list?.build === BUILD && missing.length === 0;
    // Fetching may have begun meanwhile.
    if (this.stop === null) this.offline = { state: all ? 'all' : 'program', bytes, total, note: all ? '' : this.trouble };
  }
}
