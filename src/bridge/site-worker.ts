import { Failure } from '../contract/failure.ts';
import { SERVICE_WORKER } from '../contract/site.ts';
import type { SiteAsk, SiteList, SiteTold } from '../contract/site.ts';
import { trustedScript } from '../contract/start-script.ts';
import { askServiceWorker, within } from './ask-service-worker.ts';
import { isSiteList } from './site-list.ts';

export interface SiteWorkerParts {
  /** `navigator.serviceWorker`; null where this page is not to have one. */
  readonly container: ServiceWorkerContainer | null;
  /** Folder of the page, with a slash at its end. */
  readonly scope: string;
  readonly told: (told: SiteTold) => void;
  /** Called when anything below has changed. */
  readonly changed: () => void;
  /** Build of this page; '' where it was not built. */
  readonly build: string;
  readonly leave: () => void;
}

/** How long to wait for a new service worker to take over (ms). */
const TAKEOVER_MS = 20_000;
const HOUR_MS = 3_600_000;

/** Where the service worker answers with the page, below its folder. */
const ADDRESSES = ['./', 'index.html', 'index'];

const NO_WORKER = 'This browser keeps no program for this address: it is opened over plain http, in a private window, or with site data switched off. All works while the site answers; without it, only what is open.';

/** Browsers do not tell which of the two it was. */
const NOT_KEPT = 'The program could not be kept for use without a network: this browser has no room for it, or the site sent a file that is not of this version. All works while the site answers; without it, only what is open. The next visit tries again.';

/** The page's end of its service worker. Registers it, finds newer builds, changes to one when asked to; never by itself. */
export class SiteWorker {
  /** A service worker is in control. */
  controlled = false;
  /** A newer build waits, or has taken over from another tab. */
  newer = false;
  /** Why there is no service worker, in words; '' where there is one, or is going to be. */
  why = '';
  private readonly parts: SiteWorkerParts;
  private checked = 0;

  constructor(parts: SiteWorkerParts) {
    this.parts = parts;
  }

  /**
   * Begins to hear what the service worker tells. To be called before the page is whole: from then on the browser delivers
   * messages, whether anybody listens or not (HTML, "the end").
   */
  listen(): void {
    const { container, told } = this.parts;
    if (container === null) return;
    this.controlled = this.inControl();
    container.addEventListener('message', ({ data }) => { if (isSiteTold(data)) told(data); });
    container.addEventListener('controllerchange', () => void this.otherControl());
    container.startMessages();
  }

  /** Registers the service worker. Never rejects. */
  async start(): Promise<void> {
    const { container, scope, changed } = this.parts;
    if (container === null) return this.say(NO_WORKER);
    changed();
    try {
      const registration = await container.register(trustedScript(new URL(SERVICE_WORKER, scope).href), { scope, updateViaCache: 'none' });
      this.checked = Date.now();
      this.follow(registration);
      await this.otherControl();
    } catch (error) {
      this.say(await reasonFor(error, scope));
    }
  }

  /** Looks for a newer build, at most once an hour. Without a network nothing is found. */
  async check(): Promise<void> {
    if (Date.now() - this.checked < HOUR_MS) return;
    this.checked = Date.now();
    const registration = await this.registration();
    await registration?.update().catch(() => undefined);
  }

  /** A program is kept by an active service worker, whether or not it is in control of this page. */
  async active(): Promise<boolean> {
    return (await this.registration())?.active != null;
  }

  /** What the build consists of that is kept; null where there is none, or it does not answer. Asks no server. */
  async list(): Promise<SiteList | null> {
    const active = (await this.registration())?.active;
    const list = active == null ? null : await askServiceWorker(active, { winnow: 'list' });
    return isSiteList(list) ? list : null;
  }

  /**
   * Lets the newer build take over and leaves this page for it.
   * @param carry called when nothing stands in the way any more; if it rejects, nothing changes
   * @throws Failure 'save-failed'; as of `carry`
   */
  async useNewer(carry: () => Promise<void>): Promise<void> {
    const registration = await this.registration();
    const others = registration?.waiting == null || registration.active === null ? 0 : (await this.tabs(registration.active)) - 1;
    if (others > 0) throw new Failure('save-failed', `Winnow is open in ${others === 1 ? 'another tab' : `${others} other tabs`}: close ${others === 1 ? 'it' : 'them'} first, so that no tab is left with parts of two versions. Then try again.`);
    await carry();
    const waiting = registration?.waiting;
    // Where another tab was faster, nobody waits any more.
    if (waiting != null) {
      await this.takeover(waiting);
      // Taking over may last: what was taught meanwhile comes along too.
      await carry();
    }
    this.parts.leave();
  }

  /** Ends the service worker's duty for later visits. @throws Failure 'save-failed' */
  async unregister(): Promise<void> {
    await (await this.registration())?.unregister();
  }

  private async registration(): Promise<ServiceWorkerRegistration | undefined> {
    return this.parts.container?.getRegistration(this.parts.scope).catch(() => undefined);
  }

  private follow(registration: ServiceWorkerRegistration): void {
    if (registration.waiting !== null) this.found();
    const watch = (worker: ServiceWorker | null): void => worker?.addEventListener('statechange', () => {
      // The first one of all has nothing to wait for.
      if (worker.state === 'installed' && registration.active !== null) this.found();
      if (worker.state === 'redundant' && registration.active === null && registration.waiting === null) this.say(NOT_KEPT);
    });
    watch(registration.installing);
    registration.addEventListener('updatefound', () => watch(registration.installing));
  }

  private found(): void {
    this.newer = true;
    this.parts.changed();
  }

  /** The first control of a visit may be that of a build that came after this page; later another tab may have changed to one. */
  private async otherControl(): Promise<void> {
    this.controlled = this.inControl();
    const { build } = this.parts;
    const list = this.controlled && build !== '' ? await this.list() : null;
    if (list !== null && list.build !== build) this.newer = true;
    this.parts.changed();
  }

  /**
   * One of another site, in a folder above this one, may be in control too; it knows nothing of this site. And where a server shows
   * the page at another address, as some do for any that they do not know, that came from there, without the headers.
   */
  private inControl(): boolean {
    const { container, scope } = this.parts;
    const own = ADDRESSES.some((name) => new URL(name, scope).pathname === (globalThis.location?.pathname ?? new URL(scope).pathname));
    return own && container?.controller?.scriptURL === new URL(SERVICE_WORKER, scope).href;
  }

  private say(why: string): void {
    this.why = why;
    this.parts.changed();
  }

  private async tabs(active: ServiceWorker): Promise<number> {
    const count = await askServiceWorker(active, { winnow: 'tabs' });
    if (typeof count !== 'number') throw new Failure('save-failed', 'The part of the browser that keeps this program does not answer, so the newer version could not be used. Close all tabs with Winnow and open it again: it comes by itself then. To lose nothing, save what you taught first.');
    return count;
  }

  private async takeover(waiting: ServiceWorker): Promise<void> {
    const { container } = this.parts;
    const changed = new Promise<true>((resolve) => container?.addEventListener('controllerchange', () => resolve(true), { once: true }));
    waiting.postMessage({ winnow: 'use-now' } satisfies SiteAsk);
    if ((await within(changed, TAKEOVER_MS)) !== true) throw new Failure('save-failed', 'The newer version did not take over in time, so this page stays as it is. Try again, or close all tabs with Winnow and open it again.');
  }
}

/** Browsers tell hardly more than that it failed, so the script is looked for. */
async function reasonFor(error: unknown, scope: string): Promise<string> {
  // Chromium calls site data that is switched off the second.
  if (error instanceof Error && ['SecurityError', 'NotSupportedError'].includes(error.name)) return NO_WORKER;
  const found = await fetch(new URL(SERVICE_WORKER, scope), { method: 'HEAD', cache: 'no-store' }).then(({ ok, headers }) => ok && !(headers.get('content-type') ?? '').startsWith('text/html'), () => null);
  const all = 'All works while the site answers; without it, only what is open.';
  if (found === null) return `The site does not answer, so nothing new can be kept for use without a network. ${all}`;
  if (!found) return `The site was published without ${SERVICE_WORKER}, which keeps the program for use without a network. ${all}`;
  return `This browser did not keep the program for use without a network (${error instanceof Error ? error.message : String(error)}). ${all}`;
}

function isSiteTold(value: unknown): value is SiteTold {
  if (typeof value !== 'object' || value === null) return false;
  const told = value as Partial<Record<string, unknown>>;
  return (told['winnow'] === 'fetched' && typeof told['path'] === 'string' && typeof told['bytes'] === 'number')
    || (told['winnow'] === 'model' && typeof told['address'] === 'string' && Array.isArray(told['hosts']) && told['hosts'].every((host) => typeof host === 'string'))
    || (told['winnow'] === 'refused' && typeof told['address'] === 'string' && typeof told['elsewhere'] === 'boolean');
}
