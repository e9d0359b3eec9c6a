import { NO_ROLES } from '../../contract/dialect.ts';
import type { Dialect } from '../../contract/dialect.ts';
import { ENTRY_RECORD } from './entry.ts';
import { JsonDocumentReader } from './json-document.ts';
import { listPath } from './json-lists.ts';
import { RS } from './json.ts';
import { fieldsOf, guessFields } from './sniff-json.ts';
import type { FieldMap } from './sniff-json.ts';

const MOST_ELEMENTS = 200;
/** Share of records that must be objects. */
const OBJECT_SHARE = 0.8;

export interface SniffedDocument {
  readonly dialect: Dialect;
  /** Objects that were found in the sample. */
  readonly objects: number;
  /** Each object stands on a line of its own. */
  readonly byLine: boolean;
}

/** The dialect, if the sample is a JSON document that holds a list of objects, or JSON objects one after another; undefined if not. */
export function sniffDocument(bytes: Uint8Array, text: string, base: Dialect): SniffedDocument | undefined {
  const first = /[^\s\u001e]/.exec(text)?.[0];
  if (first !== '{' && first !== '[') return undefined;
  const path = first === '{' ? listPath(text) : '';
  const dialect: Dialect = { ...base, format: 'json-document', path, roles: NO_ROLES };
  const reader = new JsonDocumentReader({ ...dialect, bom: 0 });
  const decoder = new TextDecoder();
  const objects: FieldMap[] = [];
  let records = 0;
  let byLine = path === '' && first === '{';
  reader.push(bytes, 0, bytes.length, true, (entry) => {
    if (entry.kind !== ENTRY_RECORD || records >= MOST_ELEMENTS) return;
    records++;
    const { start, end } = entry;
    // Of a long sample the last element may have been cut.
    const fields = fieldsOf(decoder.decode(entry.bytes.subarray(start, end)));
    if (fields === undefined) return;
    if (fields.size > 0) objects.push(fields);
    byLine &&= !entry.bytes.subarray(start, end).includes(10) && (start === 0 || entry.bytes[start - 1] === 10 || entry.bytes[start - 1] === RS);
  });
  if (objects.length === 0 || objects.length < OBJECT_SHARE * (records - 1)) return undefined;
  const { columns, guess } = guessFields(objects, base.assumedYear);
  return { dialect: { ...dialect, columns, ...guess }, objects: objects.length, byLine };
}
