import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CDPSession, Page, Request } from 'playwright-core';

/** One file that a page asked for, with its size on a server that compresses. */
export interface Loaded {
  /** Below the address of the page; '' is the page itself. */
  readonly path: string;
  readonly compressed: number;
}

/** What the page itself and its workers asked for so far; its service worker's requests are told apart. */
export class Requests {
  private readonly base: string;
  private readonly dist: string;
  private readonly mine: string[] = [];
  private readonly kept: string[] = [];

  constructor(page: Page, base: string, dist: string) {
    this.base = base;
    this.dist = dist;
    page.context().on('request', (request: Request) => {
      if (/^(blob|data):/.test(request.url())) return;
      (request.serviceWorker() === null ? this.mine : this.kept).push(request.url());
    });
  }

  /** Everything that the page and its workers asked for, each file once; addresses of other sites as they are. */
  ofPage(): Loaded[] {
    return [...new Set(this.mine)].map((address) => this.measure(address));
  }

  /** What its service worker fetched, or began to. */
  ofServiceWorker(): Loaded[] {
    return [...new Set(this.kept)].map((address) => this.measure(address));
  }

  private measure(address: string): Loaded {
    const path = address.startsWith(this.base) ? decodeURIComponent(address.slice(this.base.length).replace(/[?#].*$/, '')) : address;
    if (path === address) return { path, compressed: 0 };
    return { path, compressed: gzipSync(readFileSync(join(this.dist, path === '' ? 'index.html' : path)), { level: 9 }).length };
  }
}

export function sum(files: readonly Loaded[]): number {
  return files.reduce((bytes, { compressed }) => bytes + compressed, 0);
}

/** Said of fields that a browser could not fill in by itself, which it should not here: they filter the page's own tables. */
const AUTOFILL = 'FormEmptyIdAndNameAttributesForInputError';

/** What Chromium's own checks hold against a page: its Issues and Log panels (CDP domains Audits and Log), and warnings in the console. */
export async function complaints(page: Page): Promise<string[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const found: string[] = [];
  session.on('Audits.issueAdded', ({ issue }) => {
    const details = JSON.stringify(issue.details);
    if (!details.includes(AUTOFILL)) found.push(`issue ${issue.code}: ${details.slice(0, 300)}`);
  });
  session.on('Log.entryAdded', ({ entry }) => found.push(`${entry.level} (${entry.source}): ${entry.text}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) found.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => found.push(`uncaught: ${error.message}`));
  await session.send('Audits.enable');
  await session.send('Log.enable');
  return found;
}

/** Begins to watch how far things on the page move by themselves; before anything is loaded. Returns the worst run of it, as web.dev defines "Cumulative Layout Shift": gaps below one second, at most five seconds. */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = { worst: 0 };
    let run = { first: 0, last: -Infinity, total: 0 };
    Object.defineProperty(window, 'shifts', { value: seen });
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, startTime } of list.getEntries() as (PerformanceEntry & { readonly value: number; readonly hadRecentInput: boolean })[]) {
        if (hadRecentInput) continue;
        if (startTime - run.last > 1000 || startTime - run.first > 5000) run = { first: startTime, last: startTime, total: 0 };
        run.last = startTime;
        run.total += value;
        seen.worst = Math.max(seen.worst, run.total);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: { worst: number } }).shifts.worst);
}
