import type { LoadedEntry, SiteTold, Stopped, Traffic, WorkerTold } from '../contract/site.ts';

/** What Resource Timing adds to the body of an answer for its headers (section "transferSize"); an answer "not modified" has no body. */
const HEADERS = 300;

/** What is known of requests to one address of another site: how often it is in the lists of resources, was stopped, was let through for a language model. */
interface Stray {
  listed: number;
  readonly stops: Map<string, number>;
  models: number;
}

/**
 * Counts what page and workers exchange with the network. A request that a service worker answers is counted where the service
 * worker says that it came over the network; all others by the browser's own lists of resources. What neither has are the
 * browser's own requests: the picture in the tab, the manifest, its look whether there is a newer service worker.
 */
export class TrafficCount {
  private readonly origin: string;
  private downloads = 0;
  private bytes = 0;
  private refusedByWorker = 0;
  /** Requests stopped, by the text of the policy: each of several policies tells of the same ones. */
  private readonly stops = new Map<string, number>();
  /** By address of another site. */
  private readonly strays = new Map<string, Stray>();
  private readonly hosts = new Set<string>();

  /** @param origin of this site */
  constructor(origin: string) {
    this.origin = origin;
  }

  /** Entries of the list of a page or a worker, each given once. */
  loaded(entries: readonly LoadedEntry[]): void {
    for (const entry of entries) {
      const { protocol, origin } = new URL(entry.name);
      if (protocol !== 'http:' && protocol !== 'https:') continue;
      // Of another site the browser tells nothing but the address.
      if (origin !== this.origin) this.stray(entry.name).listed++;
      else if (entry.workerStart === 0 && entry.transferSize > 0) this.count(Math.max(0, entry.transferSize - HEADERS));
    }
  }

  stopped({ address, policy }: Stopped): void {
    add(this.stops, policy);
    if (isElsewhere(address, this.origin)) add(this.stray(address).stops, policy);
  }

  told(told: SiteTold): void {
    if (told.winnow === 'fetched') this.count(told.bytes);
    else if (told.winnow === 'model') {
      this.stray(told.address).models++;
      for (const host of told.hosts) this.hosts.add(host);
    } else {
      this.refusedByWorker++;
      if (told.elsewhere) add(this.stray(told.address).stops, 'service worker');
    }
  }

  /** What one of the page's workers tells. */
  worker(told: WorkerTold): void {
    if (told.winnow === 'loaded') this.loaded(told.entries);
    else this.stopped(told);
  }

  /** The count so far. `sent` is 0 because no request with a body leaves: the service worker lets none through, and this program makes none. */
  total(by: Traffic['by']): Traffic {
    const strays = [...this.strays.values()];
    // Of what the service worker let through for a language model, the list of that worker tells again.
    const elsewhere = strays.reduce((sum, { listed, stops, models }) => sum + Math.max(models, listed - most(stops) - (stops.get('service worker') ?? 0)), 0);
    const requests = strays.reduce((sum, { models }) => sum + models, 0);
    const total = { downloads: this.downloads, bytes: this.bytes, elsewhere, refused: most(this.stops) + this.refusedByWorker, sent: 0, by };
    return requests === 0 ? total : { ...total, forModel: { requests, hosts: [...this.hosts] } };
  }

  private count(bytes: number): void {
    this.downloads++;
    this.bytes += bytes;
  }

  private stray(address: string): Stray {
    // A service worker tells addresses without their query.
    const { origin, pathname } = new URL(address);
    const key = origin + pathname;
    const found = this.strays.get(key) ?? { listed: 0, stops: new Map<string, number>(), models: 0 };
    this.strays.set(key, found);
    return found;
  }
}

/** Begins to watch the lists of the page itself; `change` is called after each change. Returns false where the browser has no such list. */
export function watchPage(count: TrafficCount, change: () => void): boolean {
  document.addEventListener('securitypolicyviolation', ({ blockedURI, originalPolicy }) => {
    count.stopped({ address: blockedURI, policy: originalPolicy });
    change();
  });
  if (typeof PerformanceObserver === 'undefined' || !PerformanceObserver.supportedEntryTypes?.includes('resource')) return false;
  // The page itself, which is whole by the time its scripts run. An observer would tell of it twice.
  count.loaded(performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]);
  new PerformanceObserver((list) => {
    count.loaded(list.getEntries() as PerformanceResourceTiming[]);
    change();
  }).observe({ type: 'resource', buffered: true });
  return true;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Policies stop the same requests, the strictest one most of them. */
function most(stops: ReadonlyMap<string, number>): number {
  return Math.max(0, ...[...stops].filter(([policy]) => policy !== 'service worker').map(([, count]) => count));
}

/** `inline`, `eval` and the like are no addresses. */
function isElsewhere(address: string, origin: string): boolean {
  return /^(https?|wss?):/.test(address) && new URL(address).origin !== origin;
}
