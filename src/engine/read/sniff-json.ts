import type { Dialect } from '../../contract/dialect.ts';
import { guessRoles } from './sniff-roles.ts';

const SAMPLE_LINES = 200;
const DEEPEST = 4;
const MOST_FIELDS = 200;
/** Share of lines that must be objects. */
const OBJECT_SHARE = 0.8;

/** The dialect, if most lines of the sample are JSON objects; undefined if not. */
export function sniffJson(sample: string, base: Dialect): Dialect | undefined {
  const lines = sample.split(/\r\n|\n/).map((line) => line.trim()).filter((line) => line !== '').slice(0, SAMPLE_LINES);
  if (lines.length === 0 || !lines.some((line) => line.startsWith('{'))) return undefined;
  const objects: Map<string, string>[] = [];
  for (const line of lines) {
    const fields = fieldsOf(line);
    if (fields !== undefined) objects.push(fields);
  }
  if (objects.length === 0 || objects.length < OBJECT_SHARE * lines.length) return undefined;
  const columns = [...new Set(objects.flatMap((fields) => [...fields.keys()]))].slice(0, MOST_FIELDS);
  const rows = objects.map((fields) => columns.map((column) => fields.get(column) ?? ''));
  return { ...base, format: 'json', columns, ...guessRoles(columns, rows, base.assumedYear) };
}

/** Values of an object by dotted path; undefined if the line is no object. */
function fieldsOf(line: string): Map<string, string> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const fields = new Map<string, string>();
    collect(JSON.parse(line) as object, '', DEEPEST, fields);
    return fields;
  } catch {
    return undefined;
  }
}

function collect(object: object, prefix: string, depth: number, fields: Map<string, string>): void {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const path = prefix + key;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      if (depth > 1) collect(value, `${path}.`, depth - 1, fields);
    } else fields.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  }
}
