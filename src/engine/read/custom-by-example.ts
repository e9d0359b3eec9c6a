import type { CustomFormat, CustomPart, Role } from '../../contract/dialect.ts';
import { LITERAL_CHARS, MOST_PARTS } from './custom-file.ts';
import { CustomLine, FITS } from './custom-line.ts';
import { newEntry } from './entry.ts';
import { Stamps } from './stamps.ts';

/** What a person marked in one line: characters [from, to), in UTF-16 units. */
export interface Mark {
  readonly role: Role;
  readonly from: number;
  readonly to: number;
}

/** The format, or why there is none. */
export type ByExample = { readonly format: CustomFormat; readonly refused: null } | { readonly format: null; readonly refused: string };

/** What people call what they mark. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = { time: 'the time', level: 'the level', source: 'the source', message: 'the message', label: 'the label' };
/**
 * A word between marks, which differs from line to line. First what is taken for one word as a whole (a path, an address, a
 * clock), which ends at a space or bracket; where that does not lead back to the marks, runs of letters and digits.
 */
const WORDS = [/[\p{L}\p{N}_](?:[^\s|;,=[\](){}<>"'`#!*~^&?]*[\p{L}\p{N}_])?/gu, /[\p{L}\p{N}_]+/gu];
const ANY_WORD = /[\p{L}\p{N}_]/u;

/**
 * The format of a line in which a person marked what is what. Signs between the marks become what ends a part; words and
 * numbers between them become parts that are skipped. What follows the last mark is the message where none is marked.
 */
export function customByExample(name: string, line: string, given: readonly Mark[]): ByExample {
  const marks = withMessage(line, given.filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from));
  if (typeof marks === 'string') return refuse(marks);
  const close = marks.find((mark, at) => at > 0 && mark.from <= marks[at - 1].to);
  if (close !== undefined) return refuse(`Nothing stands between ${ROLE_WORDS[marks[marks.indexOf(close) - 1].role]} and ${ROLE_WORDS[close.role]}: where does one end? Leave a sign or a space between them.`);
  let reason = '';
  for (const word of WORDS) {
    const format = formatOf(name, line, marks, word);
    reason = typeof format === 'string' ? format : mismatch(format, line, marks);
    if (reason === '' && typeof format !== 'string') return { format, refused: null };
  }
  return refuse(reason);
}

function refuse(refused: string): ByExample {
  return { format: null, refused };
}

/** The marks, with the rest of the line as the message where none is marked; or why they are not enough. */
function withMessage(line: string, marks: readonly Mark[]): readonly Mark[] | string {
  if (marks.length === 0) return 'Mark the time, the level, the source or the message in the line.';
  if (marks.some(({ role }) => role === 'message')) return marks.map((mark, at) => (at === marks.length - 1 ? toTheEnd(mark, line) : mark));
  const rest = line.slice(marks[marks.length - 1].to);
  const word = ANY_WORD.exec(rest);
  if (word?.index === 0) return runsOn(line, marks, line.length - rest.length, rest.match(WORDS[0])?.[0] ?? rest);
  return word === null ? 'Mark the message too: it is what gets sorted.' : [...marks, { role: 'message', from: line.length - rest.length + word.index, to: line.length }];
}

/** A message that only a space parts from the rest of the line goes on to its end: other messages have more words. */
function toTheEnd(mark: Mark, line: string): Mark {
  const rest = line.slice(mark.to);
  return mark.role === 'message' && (rest.trim() === '' || /^\s+[\p{L}\p{N}_]/u.test(rest)) ? { ...mark, to: line.length } : mark;
}

function formatOf(name: string, line: string, marks: readonly Mark[], word: RegExp): CustomFormat | string {
  let lead = '';
  const parts: { role: Role | null; until: string }[] = [];
  const literal = (text: string): void => {
    if (parts.length === 0) lead += text;
    else parts[parts.length - 1].until += text;
  };
  let at = 0;
  for (const mark of [...marks, null]) {
    const gap = line.slice(at, mark?.from ?? line.length);
    let done = 0;
    for (const match of gap.matchAll(word)) {
      literal(gap.slice(done, match.index));
      if (parts.length > 0 && parts[parts.length - 1].until === '') return runsOn(line, marks, at, match[0]);
      parts.push({ role: null, until: '' });
      done = match.index + match[0].length;
    }
    literal(gap.slice(done));
    if (mark === null) break;
    if (parts.length > 0 && parts[parts.length - 1].until === '') return `“${line.slice(0, mark.from).match(/[\p{L}\p{N}_]+$/u)?.[0] ?? ''}” runs straight on into ${ROLE_WORDS[mark.role]}. Mark from a sign or a space on.`;
    parts.push({ role: mark.role, until: '' });
    at = mark.to;
  }
  const spaced = parts.map(({ role, until }): CustomPart => ({ role, until: until.replace(/ +/g, ' ') }));
  if (spaced.length > MOST_PARTS) return 'Too much stands between the marks. Choose a shorter line.';
  if ([lead, ...spaced.map(({ until }) => until)].some((text) => text.length > LITERAL_CHARS)) return 'Too many signs stand in a row. Choose another line.';
  return { name, lead: lead.replace(/ +/g, ' '), parts: spaced };
}

function runsOn(line: string, marks: readonly Mark[], at: number, word: string): string {
  const mark = marks.find(({ to }) => to === at);
  return mark === undefined ? 'Nothing parts two words of the line.' : `“${line.slice(mark.from, mark.to)}” runs straight on into “${word}”. Mark ${ROLE_WORDS[mark.role]} up to a sign or a space.`;
}

/** Why the format does not read the very line it was made from; '' where it does. */
function mismatch(format: CustomFormat, line: string, marks: readonly Mark[]): string {
  const entry = newEntry();
  entry.bytes = new TextEncoder().encode(line);
  entry.end = entry.bytes.length;
  const reader = new CustomLine(format, new Stamps(2000, false));
  const failed = reader.fit(entry);
  const timed = marks.find(({ role }) => role === 'time');
  if (timed !== undefined && reader.noTime) return `“${line.slice(timed.from, timed.to)}” is no time in a form that can be read here. Mark the whole of it, or leave it unmarked.`;
  const text = (from: number, to: number): string => new TextDecoder().decode(entry.bytes.subarray(from, to));
  const read: Partial<Record<Role, string>> = { source: text(entry.sourceStart, entry.sourceEnd), message: text(entry.messageStart, entry.messageEnd), time: text(entry.timeStart, entry.timeEnd) };
  for (const { role, from, to } of marks) {
    if (read[role] === undefined || (failed === FITS && read[role] === line.slice(from, to).trim())) continue;
    const until = format.parts.find((part) => part.role === role)?.until ?? '';
    return `It cannot be told where ${ROLE_WORDS[role]} ends: ${until.trim() === '' ? 'a space' : `“${until.trim()}”`} stands in it as well as behind it. Mark it differently, or choose another line.`;
  }
  return failed === FITS ? '' : 'The line itself does not fit. Mark it differently, or choose another line.';
}
