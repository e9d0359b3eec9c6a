import type { Cells, PatternTable } from '../contract/pattern.ts';
import { NO_BIN } from '../contract/pattern.ts';
import type { Baseline } from '../contract/reader-api.ts';
import type { Filter } from '../contract/view.ts';
import { compare } from '../engine/summary/compare.ts';
import type { Change, Comparison } from '../engine/summary/compare.ts';
import { baselineSides, divideRows, rangeSides, silentBins, timeOf } from '../engine/summary/compared-sides.ts';
import type { Per, Sides } from '../engine/summary/compared-sides.ts';

/** What it needs of the session, and of what a person looks at. */
export interface Compares {
  readonly table: PatternTable | null;
  readonly cells: Cells | null;
  readonly baseline: Baseline | null;
}

/** With what the log, or a part of it, is compared. */
export type Against = 'rest' | 'baseline';

/** How patterns compare: a range with the rest of its log, or the log with a baseline. */
export class Comparing {
  /** What the list shows: patterns that changed in this way; null = all. */
  #only = $state<Change | null>(null);
  #per = $state<Per | null>(null);
  #against = $state<Against | null>(null);
  readonly #session: Compares;
  readonly #filter: () => Pick<Filter, 'bins' | 'sources'>;

  /** A range of the axis that is compared with the rest, or whose rows are compared with the baseline. */
  readonly #range = $derived.by<readonly [number, number] | null>(() => {
    const { bins } = this.#filter();
    return bins === null || bins[0] === NO_BIN ? null : bins;
  });
  /** Both can be had. */
  readonly canChoose = $derived.by(() => this.#range !== null && this.#session.baseline !== null);
  readonly against = $derived.by<Against | null>(() => {
    if (this.canChoose) return this.#against ?? 'rest';
    return this.#range !== null ? 'rest' : this.#session.baseline !== null ? 'baseline' : null;
  });
  readonly #silent = $derived.by(() => (this.#session.cells === null ? new Uint8Array(0) : silentBins(this.#session.cells)));
  /** Rows of the range and of the rest, of the sources that are looked at. */
  readonly #divided = $derived.by(() => {
    const { cells, table } = this.#session;
    return this.#range === null || cells === null || table === null ? null : divideRows(cells, table.count, this.#range, this.#sources(cells));
  });
  readonly #byTime = $derived.by(() => this.#sides('time'));
  readonly #byEntries = $derived.by(() => this.#sides('entries'));
  /** By what rates can be told: by time first, where both sides have one. */
  readonly pers = $derived.by<readonly Per[]>(() => [...(this.#byTime === null ? [] : (['time'] as const)), ...(this.#byEntries === null ? [] : (['entries'] as const))]);
  readonly per = $derived.by<Per>(() => this.pers.find((per) => per === this.#per) ?? this.pers[0] ?? 'entries');
  /** What rates are set against. */
  readonly sides = $derived.by(() => (this.per === 'time' ? this.#byTime : this.#byEntries));
  readonly comparison = $derived.by<Comparison | null>(() => (this.sides === null ? null : compare(this.sides.here, this.sides.there)));
  readonly only = $derived.by(() => (this.comparison === null ? null : this.#only));
  /** Of the whole log with the baseline, whatever is selected. */
  readonly whole = $derived.by<Comparison | null>(() => {
    if (this.#range === null) return this.against === 'baseline' ? this.comparison : null;
    const sides = this.#withBaseline(null, 'entries');
    return sides === null ? null : compare(sides.here, sides.there);
  });

  constructor(session: Compares, filter: () => Pick<Filter, 'bins' | 'sources'>) {
    this.#session = session;
    this.#filter = filter;
  }

  /** Shows what changed in this way, or all again where that is what is shown. */
  show(only: Change | null): void {
    this.#only = this.#only === only ? null : only;
  }

  setPer(per: Per): void {
    this.#per = per;
  }

  setAgainst(against: Against): void {
    this.#against = against;
  }

  /** Back to what a new log is shown by. */
  reset(): void {
    this.#only = this.#per = this.#against = null;
  }

  #sides(per: Per): Sides | null {
    const { cells } = this.#session;
    if (this.against === null || cells === null) return null;
    if (this.against === 'baseline') return this.#withBaseline(this.#range, per);
    // By row number the same as by entries.
    if (this.#range === null || this.#divided === null || (per === 'time' && cells.axis.kind === 'row')) return null;
    return rangeSides(this.#divided, this.#silent, this.#range, per);
  }

  #withBaseline(range: readonly [number, number] | null, per: Per): Sides | null {
    const { cells, table, baseline } = this.#session;
    if (cells === null || table === null || baseline === null) return null;
    // The baseline is not told by source, so all of the log's own are compared with it.
    const rows = range === null ? table.rows : divideRows(cells, table.count, range, new Uint8Array(cells.sources.length).fill(1)).inside;
    return baselineSides(rows, timeOf(table, cells, this.#silent, range), baseline, per);
  }

  #sources(cells: Cells): Uint8Array {
    const { sources } = this.#filter();
    const counts = new Uint8Array(cells.sources.length);
    if (sources === null) counts.fill(1);
    else for (const source of sources) counts[source] = 1;
    return counts;
  }
}
