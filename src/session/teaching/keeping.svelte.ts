import { deleteKept, readKept, writeKept } from '../../bridge/kept-store.ts';
import type { Kept } from '../../bridge/kept-store.ts';
import type { Alerts } from '../alerts.svelte.ts';
import type { Bundling } from './bundling.svelte.ts';
import type { Teaching } from './teaching.svelte.ts';

/** What is kept on this computer. */
export interface KeptFacts {
  readonly lessons: number;
  readonly bytes: number;
  /** Epoch ms. */
  readonly since: number;
}

/** Keeps what was taught between visits, if the person wants that: off until switched on. */
export class Keeping {
  on = $state(false);
  kept = $state.raw<KeptFacts | null>(null);
  /** Something is kept that could not be taken over; it stays until it is forgotten. */
  stuck = $state(false);
  private readonly bundling: Bundling;
  private readonly teaching: Teaching;
  private readonly log: Alerts;
  private since = 0;
  private stamp: string | null = null;
  private restored: Promise<void> | null = null;
  /** One write after the other. */
  private queue: Promise<void> = Promise.resolve();

  constructor(bundling: Bundling, teaching: Teaching, log: Alerts) {
    this.bundling = bundling;
    this.teaching = teaching;
    this.log = log;
    bundling.follow(() => (this.on ? this.write() : Promise.resolve()));
  }

  /** At the start of a visit: takes over what was kept, once. Never rejects. */
  restore(): Promise<void> {
    return (this.restored ??= this.takeOver());
  }

  private async takeOver(): Promise<void> {
    let kept: Kept | null;
    try {
      kept = await readKept();
    } catch {
      // Where nothing can be kept there is nothing to be told of, until the person wants it.
      return;
    }
    if (kept === null) return;
    this.stamp = kept.stamp;
    this.since = kept.since;
    try {
      await this.bundling.restore(kept.text);
      this.note(kept.text, this.teaching.lessonCount);
      this.on = true;
    } catch (error) {
      this.note(kept.text, 0);
      this.stuck = true;
      this.log.add(error);
    }
  }

  /** Switches keeping on or off. Off keeps nothing that was kept. What goes wrong becomes an alert. */
  async set(on: boolean): Promise<void> {
    if (on === this.on) return;
    if (!on) return this.erase();
    this.on = true;
    this.since = Date.now();
    await this.write();
  }

  /** Deletes what is kept, and forgets what is taught in this tab; the latter can be undone. */
  async forgetEverything(): Promise<void> {
    await this.erase();
    await this.teaching.forget();
  }

  /** Deletes what is kept; what is taught in this tab stays. What goes wrong becomes an alert. */
  erase(): Promise<void> {
    this.on = false;
    return this.next(async () => {
      await deleteKept();
      this.kept = null;
      this.stuck = false;
      this.stamp = null;
    });
  }

  private write(): Promise<void> {
    return this.next(async () => {
      if (!this.on) return;
      const keepsake = await this.bundling.keepsake().catch(() => null);
      // The reader is being replaced; the next change writes what this one was about.
      if (keepsake === null) return;
      const { text, lessons } = keepsake;
      const stamp = crypto.getRandomValues(new Uint32Array(4)).join('-');
      await writeKept({ text, since: this.since, written: Date.now(), stamp }, this.stamp);
      this.stamp = stamp;
      this.note(text, lessons);
    });
  }

  private next(job: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(job).catch((error: unknown) => {
      // A write that fails fails again: better to say it once, and to show that nothing is kept any more.
      this.on = false;
      this.log.add(error);
    });
    return this.queue;
  }

  private note(text: string, lessons: number): void {
    this.kept = { lessons, bytes: new TextEncoder().encode(text).length, since: this.since };
  }
}
