import type { RuleChanges } from '../../contract/rule.ts';
import type { Lesson } from '../../contract/teach.ts';
import type { Alerts } from '../alerts.svelte.ts';
import type { Board } from '../board.svelte.ts';
import { NO_HISTORY } from './history.ts';
import type { History } from './history.ts';
import type { KeysKept, ReadWith } from './keys-kept.ts';
import { BLANK } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

export interface StandingParts {
  readonly board: Board;
  readonly keys: KeysKept;
  readonly log: Alerts;
}

/** How things stood at one moment, and how they came to. */
export interface Moment {
  readonly now: Snapshot;
  readonly history: History;
}

/** All that is taught, and how it gets from one pattern table into the next: numbers of patterns hold within one table only. */
export class Standing {
  now = $state.raw<Snapshot>(BLANK);
  history = $state.raw<History>(NO_HISTORY);
  /** What the table on screen stands for, while the files are read again for `now`: the person may give that up. */
  back = $state.raw<Moment | null>(null);
  /** One table takes the place of another: the reader has the new one already. */
  #swap: { readonly over: Promise<void>; readonly end: () => void } | null = null;
  readonly #parts: StandingParts;

  constructor(parts: StandingParts) {
    this.#parts = parts;
  }

  /** What the table on screen stands for. */
  get shown(): Snapshot {
    return this.back?.now ?? this.now;
  }

  /** Resolves once no tables change places; null where none do. */
  get swapped(): Promise<void> | null {
    return this.#swap?.over ?? null;
  }

  /** Puts what was said on the table on screen. */
  teach(): void {
    const { said, categories } = this.shown;
    this.#parts.board.teach({ said, categories });
  }

  /** All that was said, here and elsewhere. @throws Failure as of ReaderApi */
  lift(): Promise<readonly Lesson[]> {
    return this.#parts.keys.lessons(this.now);
  }

  /** What holds for the files that are about to be read, in a form that outlives the old table. */
  async release(): Promise<readonly Lesson[]> {
    const { keys, log } = this.#parts;
    const from = this.now;
    this.back = null;
    this.history = NO_HISTORY;
    const lessons = await keys.lessons(from).catch((error: unknown) => {
      log.add(error);
      return keys.known(from);
    });
    // What a bundle brought meanwhile waits for the next table as it is.
    if (this.now.said === from.said && this.now.elsewhere === from.elsewhere) {
      this.now = { ...this.now, said: new Map(), elsewhere: lessons, division: lessons.length > 0 ? Symbol('read with lessons') : BLANK.division };
    }
    keys.forget();
    return this.now.elsewhere;
  }

  /**
   * Puts what was released into a table that was read with it.
   * @param show puts the table on screen; false where it is not wanted any more
   * @returns false where other rules, or lessons that it cannot hold, came while it was read
   */
  async settle(read: ReadWith & { readonly rules: RuleChanges }, show: () => boolean): Promise<boolean> {
    const { keys } = this.#parts;
    let from: Snapshot;
    let found: Awaited<ReturnType<KeysKept['settle']>>;
    do {
      from = this.now;
      found = await keys.settle(from, NO_HISTORY, read);
    } while (from !== this.now);
    if (!show()) return true;
    this.now = found.clash ? { ...from, division: Symbol('taught while reading') } : found.now;
    this.teach();
    return !found.clash && from.rules === read.rules;
  }

  /** Reading again comes to its end: asks for all that only the old table knows, since more may be said of it until `carry` is done. @throws Failure as of ReaderApi */
  async hold(): Promise<void> {
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    this.#swap ??= { over, end };
    await this.#parts.keys.ask(Array.from({ length: this.#parts.board.table?.count ?? 0 }, (_, pattern) => pattern));
  }

  letGo(): void {
    this.#swap?.end();
    this.#swap = null;
  }

  /** Puts snapshots from the old table into the new one. Between `hold` and `letGo`. @param show puts the table on screen; false where it is not wanted any more */
  async carry(read: ReadWith, show: () => boolean): Promise<void> {
    const { keys } = this.#parts;
    let from: Snapshot;
    let found: Moment;
    do {
      from = this.now;
      const lifted = await keys.lift(from, this.history);
      found = await keys.settle(lifted.now, lifted.history, read);
    } while (from !== this.now);
    if (!show()) return;
    keys.forget();
    this.back = null;
    this.now = found.now;
    this.history = found.history;
    this.teach();
  }
}
