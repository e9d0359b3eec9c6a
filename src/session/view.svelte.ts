import { untrack } from 'svelte';
import { indexCells, sparkline } from '../engine/summary/cell-index.ts';
import type { CellIndex } from '../engine/summary/cell-index.ts';
import type { Data } from '../engine/summary/data.ts';
import { headlineOf } from '../engine/summary/headline.ts';
import { matrixOf } from '../engine/summary/matrix.ts';
import { CHANGES } from '../engine/summary/compare.ts';
import { countChanges, DEFAULT_SORT, patternList } from '../engine/summary/pattern-list.ts';
import type { Sort, SortColumn } from '../engine/summary/pattern-list.ts';
import { patternStats } from '../engine/summary/pattern-stats.ts';
import { scopeOf } from '../engine/summary/scope.ts';
import { timelineOf } from '../engine/summary/timeline.ts';
import { passingRows, totalsOf } from '../engine/summary/totals.ts';
import { NO_FILTER, selectsAll } from '../contract/view.ts';
import type { Filter } from '../contract/view.ts';
import type { Cells, PatternTable } from '../contract/pattern.ts';
import type { RowOrder } from '../contract/reader-api.ts';
import { CalmOrder } from './calm-order.ts';
import { Comparing } from './comparing.svelte.ts';
import type { Session } from './session.svelte.ts';
import { Zoom } from './zoom.svelte.ts';

const SPARK_STEPS = 40;
/** Columns that read naturally from small to large or A to Z at the first click. */
const ASCENDING: readonly SortColumn[] = ['category', 'first', 'decided', 'example'];

/** A log of so few entries is best read row by row: rows come first, charts after. */
export const FEW_ENTRIES = 200;
/** More patterns that are new after a change of rules are more than parts of one. */
const PARTS_MAX = 20;
const NOTHING_MARKED: ReadonlySet<number> = new Set();

/** What a person has chosen to look at, and everything on the page that follows from it. */
export class View {
  readonly #session: Session;
  #chosen = $state.raw<Filter>(NO_FILTER);
  /** Of the labels chosen: their codes move as categories come and go. */
  #names: readonly string[] = [];
  #coded = NO_FILTER;
  readonly #filter = $derived.by(() => this.#recoded(this.#chosen, this.#session.verdicts?.labels));
  /** What the patterns of the filter are, in words: "that changed". */
  picked = $state('');
  sort = $state.raw<Sort>(DEFAULT_SORT);
  /** Text looked for in patterns, and in rows: each list has its own. */
  patternText = $state('');
  rowText = $state('');
  sourceText = $state('');
  list = $state<'patterns' | 'rows'>('patterns');
  /** Rows as they were read, or by time. */
  rowOrder = $state<RowOrder>('read');
  /** The pattern whose details are open. */
  selected = $state<number | null>(null);
  /** The pattern that the row viewer is limited to. */
  rowsOf = $state<number | null>(null);
  /** Patterns that were one with it until a part of it was told apart: their rows stay in the list. */
  #rowsWith = $state.raw<readonly number[]>([]);
  /** Patterns that keys act on together; none = the one at the cursor. */
  marked = $state.raw(NOTHING_MARKED);
  /** The pattern at the cursor of the list, so that the list finds its place again. */
  at: number | null = null;
  readonly #calm = new CalmOrder();
  /** How patterns of a range compare with the rest, or those of the log with a baseline. */
  readonly comparing: Comparing;
  #sortings = $state(0);
  #table: PatternTable | null = null;

  /** The part of the axis that is looked at more closely. */
  readonly zoom: Zoom;
  readonly #cells = $derived.by(() => this.zoom.cells);
  readonly data = $derived(this.#dataOf(this.#cells));
  /** Of all of the log, whatever is looked at more closely. */
  readonly whole = $derived.by(() => this.#dataOf(this.#session.cells));
  readonly #index = $derived.by(() => {
    const cells = this.#cells;
    const { table } = this.#session;
    if (table === null || cells === null) return null;
    const index = this.#indices.get(cells) ?? indexCells(cells, table.count);
    this.#indices.set(cells, index);
    return index;
  });
  /** Of the cells of all and of parts: whoever zooms goes back and forth. */
  readonly #indices = new WeakMap<Cells, CellIndex>();
  /** Whether there is anything to show; verdicts may change meanwhile. */
  readonly #open = $derived(this.data !== null);

  readonly headline = $derived(this.whole === null ? null : headlineOf(this.whole, scopeOf(this.whole, NO_FILTER)));
  /** The filter but for its range, the same object while nothing else of it changes: a timeline shows what lies beside the range too. */
  readonly #wide = $derived.by(() => (this.#lastWide = sameOr(this.#lastWide, { ...this.filter, bins: null })));
  #lastWide = NO_FILTER;
  readonly timeline = $derived(this.data === null ? null : timelineOf(this.data, scopeOf(this.data, this.#wide)));
  readonly matrix = $derived(this.data === null ? null : matrixOf(this.data, scopeOf(this.data, { ...this.filter, labels: null, sources: null }), this.sourceText));
  readonly totals = $derived(this.#totals({ ...this.filter, labels: null }));
  /** Of exactly what is selected. */
  readonly selection = $derived(this.#totals(this.filter));
  /** Of the sources and the range alone, so a correction costs nothing here. */
  readonly stats = $derived.by(() => {
    const cells = this.#cells;
    const { table } = this.#session;
    const { sources, bins } = this.filter;
    const data = this.#open && table !== null && cells !== null ? untrack(() => this.data) : null;
    return data === null || this.#index === null ? null : patternStats(data, this.#index, scopeOf(data, { ...NO_FILTER, sources, bins }));
  });
  readonly #listing = $derived.by(() => {
    const { data, stats, filter, patternText: text, sort } = this;
    const { comparison, only } = this.comparing;
    if (data === null || stats === null) return { order: new Uint32Array(0), held: false };
    const asked = [data.table, filter, text, sort, comparison, only, this.#sortings] as const;
    return this.#calm.of(asked, this.#session.teaching.snapshot, () => patternList(data, stats, scopeOf(data, { ...filter, text }), sort, comparison === null ? null : { comparison, only }));
  });
  /** Patterns that the filter and the search let through, by how they compare: parallel to CHANGES. */
  readonly changeCounts = $derived.by(() => {
    const { data, stats, filter, patternText: text } = this;
    const { comparison } = this.comparing;
    return data === null || stats === null || comparison === null ? null : countChanges(comparison, stats, scopeOf(data, { ...filter, text }));
  });
  readonly order = $derived(this.#listing.order);
  /** The list keeps its order, and what is on it, while patterns are corrected: the next one stays where it was. */
  readonly held = $derived(this.#listing.held);
  /** What a person said, by pattern; and the patterns that followed the last step. */
  readonly said = $derived.by(() => this.#session.teaching.said);
  readonly changed = $derived.by<ReadonlySet<number>>(() => new Set(this.#session.teaching.changes?.patterns ?? []));
  readonly rowFilter = $derived<Filter>({ ...this.filter, patterns: this.rowsOf === null ? this.filter.patterns : [this.rowsOf, ...this.#rowsWith], text: this.rowText });
  readonly filtered = $derived(this.filter !== NO_FILTER);
  /** What "save what is filtered" saves: the rows behind the list on screen. */
  readonly exportFilter = $derived<Filter>(this.list === 'rows' ? this.rowFilter : { ...this.filter, patterns: this.#withText() });
  readonly exportFiltered = $derived(this.filtered || this.exportFilter.text !== '' || this.exportFilter.patterns !== null);

  constructor(session: Session) {
    this.#session = session;
    const zoom = (this.zoom = new Zoom(session, () => this.#filter, (change) => this.narrow(change)));
    this.comparing = new Comparing({
      get table() { return session.table; }, get baseline() { return session.baseline; }, get cells() { return zoom.compared.cells; },
    }, () => ({ sources: this.#filter.sources, bins: zoom.compared.bins }));
  }

  /** Labels, sources, range, patterns and problems-only: every chart, table and export follows it. */
  get filter(): Filter { return this.#filter; }
  set filter(filter: Filter) {
    const labels = this.#session.verdicts?.labels ?? [];
    this.#names = filter.labels?.map((code) => labels[code]) ?? [];
    this.#chosen = this.#coded = filter;
  }

  /** The filter by the codes of now; the same object while they are the same. A label that is gone is not asked for any more. */
  #recoded(filter: Filter, labels: readonly string[] | undefined): Filter {
    if (filter.labels === null || labels === undefined) return filter;
    const codes = this.#names.map((name) => labels.indexOf(name)).filter((code) => code >= 0);
    if ((this.#coded.labels?.join() ?? '') === codes.join()) return this.#coded;
    const next = { ...filter, labels: codes.length === 0 ? null : codes };
    return (this.#coded = selectsAll(next) ? NO_FILTER : next);
  }

  #dataOf(cells: Cells | null): Data | null {
    const { table, verdicts, truth } = this.#session;
    return table === null || cells === null || verdicts === null ? null : { table, cells, verdicts, truth };
  }

  #totals(filter: Filter) {
    const { data, stats } = this;
    // The rows of the sources and the range are summed already.
    return data === null || stats === null ? null : totalsOf(data, passingRows(stats.rows, scopeOf(data, filter)));
  }

  /** Patterns that the filter and the search find, whether or not the list on screen has been sorted since. */
  #withText(): readonly number[] | null {
    const { data, filter, patternText: text } = this;
    const { comparison, only } = this.comparing;
    if (data === null || (text === '' && only === null)) return filter.patterns;
    const found: number[] = [];
    const listed = (pattern: number): boolean => only === null || CHANGES[comparison?.change[pattern] ?? -1] === only;
    scopeOf(data, { ...filter, text }).pattern.forEach((passes, pattern) => { if (passes === 1 && listed(pattern)) found.push(pattern); });
    return found;
  }

  /** Rows of a pattern over the axis, for its small chart. */
  spark(pattern: number): Float64Array {
    const cells = this.#cells;
    return cells === null || this.#index === null ? new Float64Array(0) : sparkline(cells, this.#index, pattern, SPARK_STEPS);
  }

  /** Changes parts of the filter; a filter that selects everything becomes NO_FILTER again. */
  narrow(change: Partial<Filter>): void {
    const next = { ...this.filter, ...change };
    this.filter = selectsAll(next) ? NO_FILTER : next;
  }

  /** Shows these patterns and nothing else. @param words what they are, after their number: "that changed" */
  pick(patterns: readonly number[], words: string): void {
    this.picked = words;
    this.filter = { ...NO_FILTER, patterns };
    this.patternText = '';
    this.list = 'patterns';
    this.selected = null;
    this.marked = NOTHING_MARKED;
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

  /** Puts the list in order again after corrections, and takes off it what no longer belongs there. */
  sortAgain(): void {
    this.#sortings++;
  }

  /** Marks patterns, or takes their marks away. */
  mark(patterns: readonly number[], on: boolean): void {
    const marked = new Set(this.marked);
    for (const pattern of patterns) if (on) marked.add(pattern); else marked.delete(pattern);
    this.marked = marked;
  }

  unmark(): void {
    if (this.marked.size > 0) this.marked = NOTHING_MARKED;
  }

  showRows(pattern: number | null): void {
    this.rowsOf = pattern;
    this.#rowsWith = [];
    this.list = 'rows';
  }

  /** Back to everything, as for a new file. */
  reset(): void {
    this.filter = NO_FILTER;
    this.sort = DEFAULT_SORT;
    this.patternText = this.rowText = this.sourceText = this.picked = '';
    this.comparing.reset();
    this.list = 'patterns';
    this.rowOrder = 'read';
    this.selected = this.rowsOf = this.at = null;
    this.#rowsWith = [];
    this.marked = NOTHING_MARKED;
  }

  /** Another table has come, or none. The same files read again by other rules keep what was chosen; a new file starts afresh. */
  follow(): void {
    const before = this.#table;
    const now = (this.#table = this.#session.table);
    if (before !== null && now !== null) this.#renew(before, now);
    else this.reset();
    if (before === null && now !== null && now.rows.reduce((sum, rows) => sum + rows, 0) <= FEW_ENTRIES) this.list = 'rows';
  }

  /** A pattern is known again by its first row: its number is another one now. */
  #renew(before: PatternTable, now: PatternTable): void {
    const again = (pattern: number | null): number | null => {
      const at = pattern === null ? -1 : now.firstRow.indexOf(before.firstRow[pattern]);
      return at < 0 ? null : at;
    };
    const [selected, rowsOf, at] = [again(this.selected), again(this.rowsOf), again(this.at)];
    if (this.filter.patterns !== null) this.narrow({ patterns: null });
    this.zoom.renew();
    const known = new Set([...before.firstRow]);
    this.#rowsWith = rowsOf === null ? [] : [...now.firstRow.keys()].filter((one) => !known.has(now.firstRow[one])).slice(0, PARTS_MAX);
    Object.assign(this, { selected, rowsOf, at, marked: NOTHING_MARKED });
  }
}

function isOnly(chosen: readonly number[] | null, one: number): boolean {
  return chosen !== null && chosen.length === 1 && chosen[0] === one;
}

/** The earlier filter where the other one is no different. */
function sameOr(before: Filter, now: Filter): Filter {
  return (Object.keys(now) as (keyof Filter)[]).every((field) => now[field] === before[field]) ? before : now;
}
