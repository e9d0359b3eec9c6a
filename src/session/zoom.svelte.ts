import type { Axis, Cells } from '../contract/pattern.ts';
import { NO_BIN } from '../contract/pattern.ts';
import type { ReaderApi } from '../contract/reader-api.ts';
import type { Filter } from '../contract/view.ts';

/** A part of the axis, [from, to): epoch ms, or row numbers. */
export type AxisRange = NonNullable<Filter['zoom']>;
type Bins = NonNullable<Filter['bins']>;

/** What it needs of the session. */
export interface Zooms {
  readonly cells: Cells | null;
  ask<T>(question: (api: Pick<ReaderApi, 'zoom'>) => Promise<T>): Promise<T>;
}

/** Looking more closely at a part of the axis: everything follows, in finer bins. Which part it is the filter says. */
export class Zoom {
  readonly #session: Zooms;
  readonly #filter: () => Filter;
  readonly #narrow: (change: Partial<Filter>) => void;
  #part = $state.raw<{ readonly range: AxisRange; readonly whole: Cells; readonly cells: Cells } | null>(null);

  /** Cells by which the filter's bins are counted: of its part of the axis, of all of it where it names none. */
  readonly cells = $derived.by<Cells | null>(() => {
    const whole = this.#session.cells;
    const { zoom } = this.#filter();
    const part = this.#part;
    return zoom !== null && part !== null && part.whole === whole && part.range[0] === zoom[0] && part.range[1] === zoom[1] ? part.cells : whole;
  });
  /** The part that is selected, where it can be seen more closely. */
  readonly next = $derived.by(() => (this.cells === null ? null : rangeOf(this.cells.axis, this.#filter().bins, this.#filter().zoom)));
  /** What is compared with the rest: a range with what lies beside it on screen, a part that is looked at more closely with all of the log. */
  readonly compared = $derived.by<{ readonly cells: Cells | null; readonly bins: Filter['bins'] }>(() => {
    const { zoom, bins } = this.#filter();
    const { cells } = this.#session;
    return zoom === null || bins !== null || cells === null ? { cells: this.cells, bins } : { cells, bins: binsOf(cells.axis, zoom) };
  });

  constructor(session: Zooms, filter: () => Filter, narrow: (change: Partial<Filter>) => void) {
    this.#session = session;
    this.#filter = filter;
    this.#narrow = narrow;
  }

  /** Looks more closely at what is selected, once that is counted. */
  async in(): Promise<void> {
    if (this.next !== null) await this.#to(this.next, null);
  }

  /** Back to all of the axis, with the part selected. */
  out(): void {
    const { zoom } = this.#filter();
    const { cells } = this.#session;
    if (zoom !== null && cells !== null) this.#narrow({ zoom: null, bins: binsOf(cells.axis, zoom) });
  }

  /** Another table has come: the finer bins count the patterns of before, and are counted again. */
  renew(): void {
    const { zoom, bins } = this.#filter();
    if (zoom === null) return;
    this.#narrow({ zoom: null, bins: null });
    void this.#to(zoom, bins);
  }

  /** Unless the person goes elsewhere, or another table comes, meanwhile. What goes wrong the session says. */
  async #to(zoom: AxisRange, bins: Filter['bins']): Promise<void> {
    const before = this.#filter();
    const whole = this.#session.cells;
    const cells = await this.#session.ask((api) => api.zoom(zoom)).catch(() => null);
    if (whole === null || cells === null || whole !== this.#session.cells || this.#filter() !== before) return;
    this.#part = { range: zoom, whole, cells };
    this.#narrow({ zoom, bins });
  }
}

/** The part that some bins cover, no more than the part that the axis shows; null where there is nothing to see more closely. */
export function rangeOf({ start, width, bins: all }: Axis, bins: Filter['bins'], within: Filter['zoom']): AxisRange | null {
  if (bins === null || bins[0] === NO_BIN || width <= 1 || (bins[0] <= 0 && bins[1] >= all - 1)) return null;
  const [from, to] = [start + bins[0] * width, start + (bins[1] + 1) * width];
  return within === null ? [from, to] : [Math.max(from, within[0]), Math.min(to, within[1])];
}

/** The bins of an axis in which a part of it lies. */
export function binsOf({ start, width, bins }: Axis, [from, to]: AxisRange): Bins {
  const bin = (place: number): number => Math.max(0, Math.min(bins - 1, Math.floor((place - start) / width)));
  return [bin(from), bin(to - 1)];
}
