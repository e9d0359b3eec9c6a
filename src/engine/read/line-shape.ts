import type { Dialect } from '../../contract/dialect.ts';
import { CR, LF } from './ascii.ts';
import { newEntry } from './entry.ts';
import { LineHeader } from './header.ts';
import type { HeaderKind } from './header.ts';

const SAMPLE_LINES = 1000;
/** Share of lines with a header from which on headers are looked for at all. */
const HEADER_SHARE = 0.02;

/** The commonest kind of line header, '' where next to no line has one; and the share of lines that start with a stamp. */
export function shapeOf(sample: Uint8Array, base: Dialect): { kind: HeaderKind; share: number } {
  const header = new LineHeader(base.assumedYear, false);
  const entry = newEntry();
  const kinds = new Map<HeaderKind, number>();
  const newline = base.loneCr ? CR : LF;
  let lines = 0;
  let stamped = 0;
  entry.bytes = sample;
  for (let at = 0; at < sample.length && lines < SAMPLE_LINES; at = entry.end + 1) {
    entry.start = at;
    const end = sample.indexOf(newline, at);
    entry.end = end < 0 ? sample.length : end;
    if (entry.end - at < 2) continue;
    header.read(entry);
    lines++;
    kinds.set(header.kind, (kinds.get(header.kind) ?? 0) + 1);
    if (header.kind !== '' && header.kind !== 'level') stamped++;
  }
  const plain = kinds.get('') ?? 0;
  kinds.delete('');
  const kind = [...kinds].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  return { kind: lines - plain > HEADER_SHARE * lines ? kind : '', share: lines === 0 ? 0 : stamped / lines };
}
