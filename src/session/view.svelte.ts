import { indexCells, sparkline } from '../engine/summary/cell-index.ts';
import type { Data } from '../engine/summary/data.ts';
import { headlineOf } from '../engine/summary/headline.ts';
import { matrixOf } from '../engine/summary/matrix.ts';
import { DEFAULT_SORT, patternList } from '../engine/summary/pattern-list.ts';
import type { Sort, SortColumn } from '../engine/summary/pattern-list.ts';
import { patternStats } from '../engine/summary/pattern-stats.ts';
import { scopeOf } from '../engine/summary/scope.ts';
import { timelineOf } from '../engine/summary/timeline.ts';
import { rowsPerPattern, totalsOf } from '../engine/summary/totals.ts';
import { NO_FILTER, selectsAll } from '../contract/view.ts';
import type { Filter } from '../contract/view.ts';
import type { Session } from './session.svelte.ts';

const SPARK_STEPS = 40;
/** Columns that read naturally from small to large or A to Z at the first click. */
const ASCENDING: readonly SortColumn[] = ['category', 'first', 'decided', 'example'];

/** A log of so few entries is best read row by row: rows come first, charts after. */
export const FEW_ENTRIES = 200;

/** What a person has chosen to look at, and everything on the page that follows from it. */
export class View {
  readonly #session: Session;
  /** Labels, sources, range and problems-only: every chart, table and export follows it. */
  filter = $state.raw<Filter>(NO_FILTER);
  sort = $state.raw<Sort>(DEFAULT_SORT);
  /** Text looked for in patterns, and in rows: each list has its own. */
  patternText = $state('');
  rowText = $state('');
  sourceText = $state('');
  list = $state<'patterns' | 'rows'>('patterns');
  /** The pattern whose details are open. */
  selected = $state<number | null>(null);
  /** The pattern that the row viewer is limited to. */
  rowsOf = $state<number | null>(null);

  readonly data = $derived.by<Data | null>(() => {
    const { table, cells, verdicts } = this.#session;
    return table === null || cells === null || verdicts === null ? null : { table, cells, verdicts };
  });
  readonly #index = $derived.by(() => {
    const { table, cells } = this.#session;
    return table === null || cells === null ? null : indexCells(cells, table.count);
  });

  readonly headline = $derived(this.data === null ? null : headlineOf(this.data, scopeOf(this.data, NO_FILTER)));
  readonly timeline = $derived(this.data === null ? null : timelineOf(this.data, scopeOf(this.data, this.filter)));
  readonly matrix = $derived(this.data === null ? null : matrixOf(this.data, scopeOf(this.data, { ...this.filter, labels: null, sources: null }), this.sourceText));
  readonly totals = $derived(this.#totals({ ...this.filter, labels: null }));
  /** Of exactly what is selected. */
  readonly selection = $derived(this.#totals(this.filter));
  readonly stats = $derived(this.data === null || this.#index === null ? null : patternStats(this.data, this.#index, scopeOf(this.data, this.filter)));
  readonly order = $derived(this.data === null || this.stats === null ? new Uint32Array(0)
    : patternList(this.data, this.stats, scopeOf(this.data, { ...this.filter, text: this.patternText }), this.sort));
  readonly rowFilter = $derived<Filter>({ ...this.filter, patterns: this.rowsOf === null ? null : [this.rowsOf], text: this.rowText });
  readonly filtered = $derived(this.filter !== NO_FILTER);
  /** What "save what is filtered" saves: the rows behind the list on screen. */
  readonly exportFilter = $derived<Filter>(this.list === 'rows' ? this.rowFilter : { ...this.filter, patterns: this.patternText === '' ? null : [...this.order] });
  readonly exportFiltered = $derived(this.filtered || this.exportFilter.text !== '' || this.exportFilter.patterns !== null);

  constructor(session: Session) {
    this.#session = session;
  }

  #totals(filter: Filter) {
    return this.data === null ? null : totalsOf(this.data, rowsPerPattern(this.data, scopeOf(this.data, filter)));
  }

  /** Rows of a pattern over the axis, for its small chart. */
  spark(pattern: number): Float64Array {
    const cells = this.#session.cells;
    return cells === null || this.#index === null ? new Float64Array(0) : sparkline(cells, this.#index, pattern, SPARK_STEPS);
  }

  /** Changes parts of the filter; a filter that selects everything becomes NO_FILTER again. */
  narrow(change: Partial<Filter>): void {
    const next = { ...this.filter, ...change };
    this.filter = selectsAll(next) ? NO_FILTER : next;
  }

  /** Shows only this label, or all again where it is already the only one. */
  toggleLabel(label: number): void {
    this.narrow({ labels: isOnly(this.filter.labels, label) ? null : [label] });
  }

  toggleSource(source: number): void {
    this.narrow({ sources: isOnly(this.filter.sources, source) ? null : [source] });
  }

  toggleCell(source: number, label: number): void {
    const on = isOnly(this.filter.sources, source) && isOnly(this.filter.labels, label);
    this.narrow(on ? { sources: null, labels: null } : { sources: [source], labels: [label] });
  }

  sortBy(column: SortColumn): void {
    const again = this.sort.column === column;
    this.sort = { column, descending: again ? !this.sort.descending : !ASCENDING.includes(column) };
  }

  showRows(pattern: number | null): void {
    this.rowsOf = pattern;
    this.list = 'rows';
  }

  /** Back to everything, as for a new file. */
  reset(): void {
    this.filter = NO_FILTER;
    this.sort = DEFAULT_SORT;
    this.patternText = this.rowText = this.sourceText = '';
    this.list = 'patterns';
    this.selected = this.rowsOf = null;
  }
}

function isOnly(chosen: readonly number[] | null, one: number): boolean {
  return chosen !== null && chosen.length === 1 && chosen[0] === one;
}
