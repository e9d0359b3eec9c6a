import { NO_ROLES } from '../../contract/dialect.ts';
import type { Dialect } from '../../contract/dialect.ts';
import { CR, LF } from './ascii.ts';
import { newEntry } from './entry.ts';
import { LineHeader } from './header.ts';
import type { HeaderKind } from './header.ts';
import { bomLength, refuseUnreadable } from './sniff-binary.ts';
import { isDayFirst, sniffCsv } from './sniff-csv.ts';
import { sniffJson } from './sniff-json.ts';

/** As many bytes of a file's start are wanted for sniffing. */
export const SNIFF_BYTES = 256 * 1024;
const SAMPLE_LINES = 1000;
/** Share of lines with a header from which on headers are looked for at all. */
const HEADER_SHARE = 0.02;

/**
 * Says how a file is to be read.
 * @param head its first SNIFF_BYTES bytes, or all of it
 * @param whole `head` is all of it
 * @param name for its ending, and for what is said in a Failure (`file-empty`, `file-binary`)
 * @param assumedYear of times that name none
 */
export function sniff(head: Uint8Array, whole: boolean, name: string, assumedYear = new Date().getUTCFullYear()): Dialect {
  refuseUnreadable(head, whole, name);
  const bom = bomLength(head);
  const loneCr = !head.includes(LF) && head.includes(CR);
  const sample = wholeLines(head.subarray(bom), whole, loneCr);
  const base: Dialect = { format: 'lines', encoding: 'utf-8', bom, delimiter: ',', header: false, columns: [], roles: NO_ROLES, sure: 1, shape: '', assumedYear, dayFirst: false, loneCr };
  const text = new TextDecoder().decode(sample);
  const json = sniffJson(text, base);
  if (json !== undefined) return json;
  const shape = shapeOf(sample, assumedYear, loneCr ? CR : LF);
  const csv = sniffCsv(sample, { expected: /\.(csv|tsv|tab|psv)$/i.test(name), stamped: shape.share >= 0.6, base: { ...base, bom: 0 } });
  if (csv !== undefined) return { ...csv, bom };
  const dayFirst = isDayFirst(text.split(/\r\n|\n|\r/).slice(0, SAMPLE_LINES).map((line) => [line]), 0);
  return { ...base, shape: shape.kind, dayFirst };
}

/** The sample without a last line that it may have cut. */
function wholeLines(sample: Uint8Array, whole: boolean, loneCr: boolean): Uint8Array {
  if (whole) return sample;
  const end = sample.lastIndexOf(loneCr ? CR : LF);
  return end < 0 ? sample : sample.subarray(0, end + 1);
}

/** The commonest kind of line header, '' where next to no line has one; and the share of lines that start with a stamp. */
function shapeOf(sample: Uint8Array, year: number, newline: number): { kind: HeaderKind; share: number } {
  const header = new LineHeader(year, false);
  const entry = newEntry();
  const kinds = new Map<HeaderKind, number>();
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
