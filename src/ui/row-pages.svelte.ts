import type { RowOrder } from '../contract/reader-api.ts';
import type { Filter, RowView } from '../contract/view.ts';
import type { Session } from '../session/session.svelte.ts';

/** Rows fetched at once: a few screens. */
const PAGE = 200;
/** Pages kept; older ones are read again when scrolled to. */
const KEEP = 20;

/** The rows around what is on screen, fetched page by page; late answers for an earlier filter are dropped. */
export class RowPages {
  readonly #session: Session;
  total = $state(0);
  counted = $state(false);
  #pages = $state.raw<ReadonlyMap<number, readonly RowView[]>>(new Map());
  #filter: Filter | null = null;
  #order: RowOrder = 'read';
  #asked = new Set<number>();
  #generation = 0;
  #view: readonly [number, number] = [0, 0];
  /** Rows name their pattern by its number in this table. */
  #table: Session['table'] = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The row at `index` of the filtered rows, or null where it has not been fetched. */
  at(index: number): RowView | null {
    const pages = this.#pages;
    return this.#session.table === this.#table ? (pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null) : null;
  }

  /** Starts over with another filter or order. */
  show(filter: Filter, order: RowOrder): void {
    const generation = ++this.#generation;
    this.#filter = filter;
    this.#order = order;
    this.#table = this.#session.table;
    this.#asked = new Set();
    this.#pages = new Map();
    this.counted = false;
    this.#session.rowCount(filter).then((total) => {
      if (generation !== this.#generation) return;
      this.total = total;
      this.counted = true;
      this.want(...this.#view);
    }, () => { /* The session has raised the alert. */ });
  }

  /** Sees to it that these rows are, or will be, there. */
  want(first: number, count: number): void {
    this.#view = [first, count];
    if (count === 0) return;
    for (let page = Math.floor(first / PAGE); page <= Math.floor((first + count - 1) / PAGE); page++) this.#fetch(page);
  }

  #fetch(page: number): void {
    const generation = this.#generation;
    if (this.#filter === null || this.#asked.has(page)) return;
    this.#asked.add(page);
    this.#session.rows(this.#filter, page * PAGE, PAGE, this.#order).then((rows) => {
      if (generation !== this.#generation) return;
      const pages = new Map(this.#pages).set(page, rows);
      for (const old of pages.keys()) {
        if (pages.size <= KEEP) break;
        pages.delete(old);
        this.#asked.delete(old);
      }
      this.#pages = pages;
    }, () => { this.#asked.delete(page); });
  }
}
