import type { Snapshot } from './teaching/snapshot.ts';

interface Listed {
  readonly asked: readonly unknown[];
  readonly taught: Snapshot;
  readonly order: Uint32Array;
}

/**
 * Keeps a list in its order, and what is on it, while a person corrects what it shows: the row that comes next must not move
 * away under the next key. It is put in order again when something else is asked for, and while nothing has been said.
 */
export class CalmOrder {
  private last: Listed | null = null;

  /**
   * @param asked what the person asked for (filter, sort …): the same things, the same list
   * @param taught a bundle that is loaded is no correction: the list then follows
   */
  of(asked: readonly unknown[], taught: Snapshot, make: () => Uint32Array): { readonly order: Uint32Array; readonly held: boolean } {
    const { last } = this;
    const same = last !== null && last.asked.length === asked.length && last.asked.every((one, at) => one === asked[at]);
    if (same && last.taught.said !== taught.said && last.taught.elsewhere === taught.elsewhere) return { order: last.order, held: true };
    const order = make();
    this.last = { asked, taught, order };
    return { order, held: false };
  }
}
