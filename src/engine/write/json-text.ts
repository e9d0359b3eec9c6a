import type { ExtraColumn } from '../../contract/export.ts';
import { BACKSLASH, QUOTE, SPACE } from '../read/ascii.ts';
import type { ByteSink } from './byte-sink.ts';
import { formatConfidence, ownCells, ownColumnNames } from './columns.ts';
import type { VerdictCells } from './columns.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Writes UTF-8 bytes[from, to) as a JSON string (RFC 8259 section 7); what is no UTF-8 becomes U+FFFD. */
export function writeJsonString(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
  for (let p = from; p < to; p++) {
    const byte = bytes[p];
    if (byte >= SPACE && byte < 128 && byte !== QUOTE && byte !== BACKSLASH) continue;
    sink.all(jsonBytes(decoder.decode(bytes.subarray(from, to))));
    return;
  }
  sink.byte(QUOTE);
  sink.copy(bytes, from, to);
  sink.byte(QUOTE);
}

/** A value as UTF-8 JSON. */
export function jsonBytes(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** Our fields of one verdict, each behind a comma; confidence is a number, provisional true or false. */
export function jsonSuffix(cells: VerdictCells, extra: readonly ExtraColumn[], names: readonly string[]): Uint8Array {
  const usual = ownColumnNames(extra, []);
  const values = ownCells(cells, extra).map((text, at): unknown => (usual[at] === 'confidence' ? Number(formatConfidence(cells.confidence)) : usual[at] === 'provisional' ? cells.provisional : text));
  return encoder.encode(values.map((value, at) => `,${JSON.stringify(names[at])}:${JSON.stringify(value)}`).join(''));
}
