import type { RowStore } from '../patterns/row-store.ts';
import { ENTRY_RECORD } from '../read/entry.ts';
import type { Entry } from '../read/entry.ts';
import { openReader } from '../read/formats.ts';
import type { ScanInput } from './scan.ts';

/** A read costs about 2 ms however short it is, so rows within so many bytes share one. */
const SPAN_BYTES = 1 << 20;
/** Where a row begins, and where the next one does or SPAN_BYTES further on. */
interface Place {
  readonly file: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads rows (ascending) again from their files and visits the record of each; only the first SPAN_BYTES of a longer one.
 * @throws Failure 'file-unreadable'
 */
export async function visitRows(inputs: readonly ScanInput[], store: RowStore, rows: ArrayLike<number>, visit: (entry: Entry, row: number) => void): Promise<void> {
  for (let from = 0; from < rows.length; ) {
    const places = [placeOf(inputs, store, rows[from])];
    const [first] = places;
    let to = from + 1;
    for (; to < rows.length; to++) {
      const place = placeOf(inputs, store, rows[to]);
      if (place.file !== first.file || place.start - first.start > SPAN_BYTES) break;
      places.push(place);
    }
    const { source, dialect } = inputs[first.file];
    const bytes = await source.read(first.start, places[places.length - 1].end - first.start);
    places.forEach(({ start, end }, at) => {
      let seen = false;
      openReader(dialect, { line: 1 }).push(bytes, start - first.start, Math.min(bytes.length, end - first.start), true, (entry) => {
        if (seen || entry.kind !== ENTRY_RECORD) return;
        seen = true;
        visit(entry, rows[from + at]);
      });
    });
    from = to;
  }
}

function placeOf(inputs: readonly ScanInput[], store: RowStore, row: number): Place {
  const block = store.blockOf(row);
  const start = block.base + block.offsets[row - block.firstRow];
  const next = row + 1 < store.count ? store.blockOf(row + 1) : null;
  const end = next !== null && next.file === block.file ? next.base + next.offsets[row + 1 - next.firstRow] : inputs[block.file].source.size;
  return { file: block.file, start, end: Math.min(end, start + SPAN_BYTES) };
}

/** Places in a file at which a sample is taken. */
const SAMPLE_PLACES = 64;
const SAMPLE_ROWS = 20_000;

/** At most SAMPLE_ROWS of some rows (ascending): all where they are few or near each other, else runs that begin at evenly spaced ones. */
export function sampleOf(inputs: readonly ScanInput[], store: RowStore, rows: Uint32Array, most: number = SAMPLE_ROWS): Uint32Array {
  const places = Math.min(SAMPLE_PLACES, rows.length);
  const each = Math.floor(most / SAMPLE_PLACES);
  const sample: number[] = [];
  for (let place = 0; place < places; place++) {
    const from = Math.floor((place * rows.length) / places);
    const next = Math.floor(((place + 1) * rows.length) / places);
    const first = placeOf(inputs, store, rows[from]);
    for (let at = from; at < next && at < from + each; at++) {
      const { file, start } = placeOf(inputs, store, rows[at]);
      if (at > from && (file !== first.file || start - first.start > SPAN_BYTES)) break;
      sample.push(rows[at]);
    }
  }
  return Uint32Array.from(sample);
}
