import type { Truth } from '../../contract/truth.ts';
import { TRUE_LABELS_MAX } from '../../contract/truth.ts';
import type { RowStore } from '../patterns/row-store.ts';
import type { Entry } from '../read/entry.ts';

/** Rows per part: parts are never copied or doubled. */
const PART_ROWS = 65_536;
/** Longer than this (bytes) is no label. */
const LONGEST = 200;
/** Up to so many pairs of pattern and label are counted in one array (16 MB). */
const DENSE_MAX = 1 << 22;

/**
 * The labels that a column gives rows: a byte per row, 0 for none, else the label's code and one. Past TRUE_LABELS_MAX different
 * ones the column holds something else, and all is dropped.
 */
export class RowLabels {
  private readonly column: string;
  private readonly names: string[] = [];
  private readonly spelt: Uint8Array[] = [];
  private parts: Uint8Array[] = [];
  private last = 0;
  private tooMany = false;

  constructor(column: string) {
    this.column = column;
  }

  /** Notes the label of a row; rows without one need not be told. */
  add(row: number, { labelText, labelStart, labelEnd }: Entry): void {
    if (labelStart === labelEnd || this.tooMany) return;
    const code = this.codeOf(labelText, labelStart, labelEnd);
    if (code < 0) {
      this.tooMany = true;
      this.parts = [];
      return;
    }
    const part = Math.floor(row / PART_ROWS);
    (this.parts[part] ??= new Uint8Array(PART_ROWS))[row % PART_ROWS] = code + 1;
  }

  /** Different labels so far. */
  get count(): number {
    return this.names.length;
  }

  /** Forgets the labels that were met last, down to `count`; no row must have them any more. */
  truncate(count: number): void {
    this.names.length = this.spelt.length = count;
    this.last = 0;
  }

  /** Takes a row's label back. */
  drop(row: number): void {
    const part = this.parts[Math.floor(row / PART_ROWS)];
    if (part !== undefined) part[row % PART_ROWS] = 0;
  }

  /** Code of a row's label, -1 if it has none. */
  of(row: number): number {
    return (this.parts[Math.floor(row / PART_ROWS)]?.[row % PART_ROWS] ?? 0) - 1;
  }

  /** Counts labels by pattern. @param patternOf pattern of each key */
  truth(store: RowStore, patternOf: Uint32Array): Truth {
    const { column, tooMany } = this;
    const labels = tooMany ? [] : [...this.names];
    const patterns = patternOf.reduce((most, pattern) => Math.max(most, pattern + 1), 0);
    const counts = labels.length * patterns <= DENSE_MAX ? new DenseCounts(labels.length * patterns) : new SparseCounts();
    for (const block of tooMany ? [] : store.blocks) {
      for (let at = 0; at < block.count; at++) {
        const label = this.of(block.firstRow + at);
        if (label >= 0) counts.add(patternOf[block.keys[at]] * labels.length + label);
      }
    }
    const places = counts.places();
    return {
      column, labels, tooMany,
      pattern: Uint32Array.from(places, (place) => Math.floor(place / labels.length)),
      label: Uint8Array.from(places, (place) => place % labels.length),
      rows: Float64Array.from(places, (place) => counts.of(place)),
    };
  }

  /** Labels come in runs and are few, so they are looked for one by one; -1 where there is no room for another. */
  private codeOf(bytes: Uint8Array, start: number, end: number): number {
    const { spelt, names } = this;
    if (this.last < spelt.length && same(spelt[this.last], bytes, start, end)) return this.last;
    for (let code = 0; code < spelt.length; code++) if (same(spelt[code], bytes, start, end)) return (this.last = code);
    if (names.length === TRUE_LABELS_MAX || end - start > LONGEST) return -1;
    const label = bytes.slice(start, end);
    names.push(new TextDecoder().decode(label));
    return (this.last = spelt.push(label) - 1);
  }
}

function same(spelt: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (spelt.length !== end - start) return false;
  for (let at = 0; at < spelt.length; at++) if (spelt[at] !== bytes[start + at]) return false;
  return true;
}

interface Counts {
  add(place: number): void;
  of(place: number): number;
  /** Those that were counted at all, rising. */
  places(): Float64Array;
}

class DenseCounts implements Counts {
  private readonly counts: Uint32Array;

  constructor(size: number) {
    this.counts = new Uint32Array(size);
  }

  add(place: number): void {
    this.counts[place]++;
  }

  of(place: number): number {
    return this.counts[place];
  }

  places(): Float64Array {
    const found: number[] = [];
    this.counts.forEach((count, place) => count > 0 && found.push(place));
    return Float64Array.from(found);
  }
}

class SparseCounts implements Counts {
  private readonly counts = new Map<number, number>();

  add(place: number): void {
    this.counts.set(place, this.of(place) + 1);
  }

  of(place: number): number {
    return this.counts.get(place) ?? 0;
  }

  places(): Float64Array {
    return Float64Array.from(this.counts.keys()).sort();
  }
}
