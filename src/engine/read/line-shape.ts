import type { Dialect } from '../../contract/dialect.ts';
import { CR, LF } from './ascii.ts';
import { newEntry } from './entry.ts';
import { LineHeader } from './header.ts';
import type { HeaderKind } from './header.ts';

const SAMPLE_LINES = 1000;
/** As much of a line is kept as text. */
const LINE_BYTES = 400;
/** Share of lines with a header from which on headers are looked for at all. */
const HEADER_SHARE = 0.02;

/** A line of the sample, and what kind of header it has. */
export interface SampledLine {
  /** Its first LINE_BYTES bytes, without the line end. */
  readonly text: string;
  readonly kind: HeaderKind;
}

export interface LineShape {
  /** The first lines, those left out that have next to nothing on them. */
  readonly lines: readonly SampledLine[];
  /** The commonest kind of line header, '' where next to no line has one. */
  readonly kind: HeaderKind;
  /** Share of lines that start with a stamp. */
  readonly share: number;
}

/** What the lines of a sample begin with. */
export function shapeOf(sample: Uint8Array, base: Dialect): LineShape {
  const header = new LineHeader(base.assumedYear, false, base.zone);
  const decoder = new TextDecoder();
  const entry = newEntry();
  const kinds = new Map<HeaderKind, number>();
  const lines: SampledLine[] = [];
  const newline = base.loneCr ? CR : LF;
  let stamped = 0;
  entry.bytes = sample;
  for (let at = 0; at < sample.length && lines.length < SAMPLE_LINES; at = entry.next + 1) {
    const found = sample.indexOf(newline, at);
    entry.next = found < 0 ? sample.length : found;
    entry.start = at;
    entry.end = entry.next > at && sample[entry.next - 1] === CR ? entry.next - 1 : entry.next;
    if (entry.end - at < 2) continue;
    header.read(entry);
    const { kind } = header;
    lines.push({ text: decoder.decode(sample.subarray(at, Math.min(entry.end, at + LINE_BYTES))), kind });
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (kind !== '' && kind !== 'level') stamped++;
  }
  const plain = kinds.get('') ?? 0;
  kinds.delete('');
  const kind = [...kinds].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  return { lines, kind: lines.length - plain > HEADER_SHARE * lines.length ? kind : '', share: lines.length === 0 ? 0 : stamped / lines.length };
}
