import type { Dialect } from '../../contract/dialect.ts';
import { LONGEST_PREFIX, MIXED } from './json.ts';
import { guessRoles, nameRank } from './sniff-roles.ts';
import type { RoleGuess } from './sniff-roles.ts';

const SAMPLE_LINES = 200;
const DEEPEST = 4;
const MOST_FIELDS = 200;
/** Share of lines that must be objects where the rest is broken; where the rest is other lines, so many suffice. */
const OBJECT_SHARE = 0.8;
const MIXED_SHARE = 0.25;
/** Names further down the list do not show that an object after some text is the entry. */
const SURE_RANK = 14;

/** Values of an object by dotted path. */
export type FieldMap = ReadonlyMap<string, string>;

export interface SniffedJson {
  readonly dialect: Dialect;
  /** Share of lines that are objects, or end with one. */
  readonly share: number;
}

/** The dialect, if lines of the sample are JSON objects: most, or some among other lines; undefined if not. */
export function sniffJson(sample: string, base: Dialect): SniffedJson | undefined {
  const lines = sampleLines(sample);
  if (!lines.some((line) => line.includes('{'))) return undefined;
  const objects: FieldMap[] = [];
  let others = 0;
  for (const line of lines) {
    const fields = fieldsOf(line);
    const behind = fields === undefined ? fieldsBehindText(line) : undefined;
    if (fields === undefined && !line.startsWith('{"')) others++;
    const found = fields ?? behind;
    if (found !== undefined && found.size > 0) objects.push(found);
  }
  const share = objects.length / lines.length;
  const mixed = others > 0;
  if (objects.length === 0 || share < (mixed ? MIXED_SHARE : OBJECT_SHARE)) return undefined;
  const { columns, guess } = guessFields(objects, base.assumedYear);
  // A few objects among other lines may be anything; those that logs consist of name a message.
  if (share < OBJECT_SHARE && (guess.roles.message < 0 || nameRank('message', columns[guess.roles.message]) >= SURE_RANK)) return undefined;
  return { dialect: { ...base, format: 'json', shape: mixed ? MIXED : '', columns, ...guess }, share };
}

/** Lines of the sample that are not blank, trimmed, without the separators of a JSON text sequence. */
export function sampleLines(sample: string): string[] {
  return sample.split(/\r\n|\n/).map((line) => line.replace(/^[\s\u001e]+|\s+$/g, '')).filter((line) => line !== '').slice(0, SAMPLE_LINES);
}

/** The fields that occur in the objects, and what they stand for. */
export function guessFields(objects: readonly FieldMap[], year: number): { columns: string[]; rows: string[][]; guess: RoleGuess } {
  const columns = [...new Set(objects.flatMap((fields) => [...fields.keys()]))].slice(0, MOST_FIELDS);
  const rows = objects.map((fields) => columns.map((column) => fields.get(column) ?? ''));
  return { columns, rows, guess: guessRoles(columns, rows, year) };
}

/** Values of an object by dotted path; undefined if the text is no object. */
export function fieldsOf(text: string): FieldMap | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return flatten(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function flatten(object: unknown): FieldMap {
  const fields = new Map<string, string>();
  if (typeof object === 'object' && object !== null && !Array.isArray(object)) collect(object, '', DEEPEST, fields);
  return fields;
}

function fieldsBehindText(line: string): FieldMap | undefined {
  const brace = line.indexOf('{');
  if (brace <= 0 || brace > LONGEST_PREFIX || !line.endsWith('}')) return undefined;
  const fields = fieldsOf(line.slice(brace));
  return fields !== undefined && [...fields.keys()].some((path) => nameRank('message', path) < SURE_RANK) ? fields : undefined;
}

function collect(object: object, prefix: string, depth: number, fields: Map<string, string>): void {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const path = prefix + key;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      if (depth > 1) collect(value, `${path}.`, depth - 1, fields);
    } else fields.set(path, typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));
  }
}
