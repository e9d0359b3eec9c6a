import { ROLES } from '../../contract/dialect.ts';
import type { CustomFormat, CustomPart, Role } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';

/** Literals are short: reading a line takes time in proportion to them. */
export const LITERAL_CHARS = 100;
export const MOST_PARTS = 64;
const KIND = 'winnow-formats';
/** A file of formats is a few kilobytes. */
export const FORMATS_CHARS = 256 * 1024;
export const MOST_FORMATS = 50;
export const FORMAT_NAME_CHARS = 60;
const LINE_END = /[\r\n]/;

/** People's own formats as a small JSON file. */
export function writeCustomFormats(formats: readonly CustomFormat[]): string {
  return `${JSON.stringify({ kind: KIND, version: 1, formats }, null, 2)}\n`;
}

/** @throws Failure 'format-refused', which says what is wrong with the text */
export function readCustomFormats(text: string): CustomFormat[] {
  if (text.length > FORMATS_CHARS) throw refused('it is larger than a file of formats can be');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused('it is not JSON');
  }
  const formats = member(value, 'formats');
  if (member(value, 'kind') !== KIND || !Array.isArray(formats)) throw refused('it was not saved here as a file of formats');
  if (member(value, 'version') !== 1) throw refused('it was saved by a newer version of this page');
  if (formats.length > MOST_FORMATS) throw refused(`it has more than ${MOST_FORMATS} formats`);
  return formats.map((one: unknown, at) => formatIn(one, at + 1));
}

function formatIn(value: unknown, number: number): CustomFormat {
  const name = member(value, 'name');
  const lead = member(value, 'lead');
  const parts = member(value, 'parts');
  if (typeof name !== 'string' || name.trim() === '' || name.length > FORMAT_NAME_CHARS) throw refused(`format ${number} has no name of at most ${FORMAT_NAME_CHARS} characters`);
  if (!isLiteral(lead)) throw refused(`the start of format ${number} is no text of one line`);
  if (!Array.isArray(parts) || parts.length === 0 || parts.length > MOST_PARTS) throw refused(`format ${number} does not have between 1 and ${MOST_PARTS} parts`);
  const read = parts.map((part: unknown, at): CustomPart => {
    const role = member(part, 'role');
    const until = member(part, 'until');
    if (role !== null && !ROLES.includes(role as Role)) throw refused(`part ${at + 1} of format ${number} stands for nothing known`);
    if (!isLiteral(until) || (until === '' && at < parts.length - 1)) throw refused(`part ${at + 1} of format ${number} does not say where it ends`);
    return { role: role as Role | null, until };
  });
  const roles = read.flatMap(({ role }) => role ?? []);
  if (new Set(roles).size < roles.length || !roles.includes('message')) throw refused(`format ${number} must have one message, and everything else at most once`);
  return { name, lead, parts: read };
}

function isLiteral(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LITERAL_CHARS && !LINE_END.test(value);
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function refused(why: string): Failure {
  return new Failure('format-refused', `The file of formats was refused, and nothing was changed: ${why}.`);
}
