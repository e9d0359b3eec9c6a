import { NO_ROLES } from '../../contract/dialect.ts';
import type { Dialect } from '../../contract/dialect.ts';
import { BACKSLASH, QUOTE } from './ascii.ts';
import { cellContent } from './csv-cells.ts';
import { CsvReader } from './csv.ts';
import { readsLikePreamble } from './csv-preamble.ts';
import { CELL_PLAIN, ENTRY_BLANK } from './entry.ts';
import { guessRoles, roleOfName } from './sniff-roles.ts';
import { Stamps } from './stamps.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
const SAMPLE_ROWS = 300;
const LONGEST_NAME = 48;
const APOSTROPHE = 39;

/** How cells are quoted, as in Dialect. */
type Quoting = Pick<Dialect, 'quote' | 'backslash'>;
const DOUBLED: Quoting = {};
const BACKSLASHED: Quoting = { backslash: true };
const SINGLE: Quoting = { quote: "'" };

/** The sample as one delimiter cuts it. */
interface Cut {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  readonly quoting: Quoting;
  /** Cells whose quotes are well placed. */
  readonly quoted: number;
  /** Records whose quotes are not. */
  readonly torn: number;
  /** Share of rows after the first that have as many cells as the commonest number. */
  readonly consistent: number;
  /** That number. */
  readonly width: number;
  /** Share of rows after the first that have as many cells as the first. */
  readonly likeFirst: number;
  /** The first row reads like column names. */
  readonly named: boolean;
  /** How many of its cells are names that logs use. */
  readonly known: number;
}

export interface CsvContext {
  /** The name ends in .csv, .tsv or the like. */
  readonly expected: boolean;
  /** Most lines start with a header of a log line. */
  readonly stamped: boolean;
  readonly base: Dialect;
}

/** The dialect, if the sample is CSV; undefined if it is not. */
export function sniffCsv(sample: Uint8Array, context: CsvContext): Dialect | undefined {
  if (isExtendedLog(sample)) return undefined;
  let best: Cut | undefined;
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const cut = bestCut(sample, delimiter, context.base);
    const score = scoreOf(cut, context);
    if (score > bestScore) {
      best = cut;
      bestScore = score;
    }
  }
  if (best === undefined) return undefined;
  const header = hasHeader(best, context);
  const [first, ...others] = best.rows;
  const width = header ? first.length : best.width;
  const columns = header ? first.map((name, i) => name.trim() || `Column ${i + 1}`) : Array.from({ length: width }, (_, i) => `Column ${i + 1}`);
  const rows = header ? others : best.rows;
  let guess = guessRoles(header ? columns : columns.map(() => ''), rows, context.base.assumedYear);
  if (header && guess.roles.message < 0 && best.width > width && best.consistent >= 0.8) {
    // The Event Viewer names every column but the last, which is the message.
    for (let column = width; column < best.width; column++) columns.push(`Column ${column + 1}`);
    guess = guessRoles(columns, rows, context.base.assumedYear);
  }
  return { ...context.base, format: 'csv', delimiter: best.delimiter, ...best.quoting, header, columns, ...guess, dayFirst: isDayFirst(rows, guess.roles.time) };
}

/** W3C's Extended Log File Format (IIS, CloudFront): its directives come again in mid-file, and its date and time are two columns, so it is read by lines. */
function isExtendedLog(sample: Uint8Array): boolean {
  const start = new TextDecoder().decode(sample.subarray(0, 2048));
  return /^#(?:Software|Version|Fields|Date): /.test(start) && /^#Fields: /m.test(start);
}

/** 0: not CSV by this delimiter. */
function scoreOf(cut: Cut, context: CsvContext): number {
  if (cut.rows.length === 0) return 0;
  const first = cut.rows[0].length;
  const single = first === 1;
  if (cut.named && cut.known > 0) {
    if (single) return roleOfName(cut.rows[0][0])?.role === 'message' || context.expected ? 0.5 : 0;
    if (cut.known > 1 || cut.likeFirst >= 0.5 || cut.rows.length === 1) return 2 + cut.known + cut.likeFirst;
  }
  if (context.expected && single && cut.width === 1) return 0.1;
  if (cut.width < 2 || isLabelled(cut)) return 0;
  if (context.expected && cut.consistent >= 0.5) return 1 + cut.consistent + 0.5 * cut.likeFirst + 0.01 * cut.width;
  if (context.stamped && (cut.width < 3 || cut.consistent < 0.98 || startsLoose(cut) || stampLeads(cut, context.base.assumedYear))) return 0;
  if (cut.named && cut.likeFirst >= 0.9 && cut.rows.length > 2 && !startsLoose(cut) && (cut.width > 2 || cut.quoted > 0)) return 1 + cut.likeFirst;
  if (cut.consistent < 0.95 || cut.rows.length < 3 || startsLoose(cut)) return 0;
  const categorical = isCategorical(cut.rows);
  return cut.quoted > 0 || cut.width > 2 || categorical ? cut.consistent + (categorical ? 0.2 : 0) : 0;
}

/** Cells start with a space, as the words after a comma in a sentence do. */
function startsLoose(cut: Cut): boolean {
  let loose = 0;
  let cells = 0;
  for (const row of cut.rows) {
    for (const cell of row.slice(1)) {
      cells++;
      if (cell.startsWith(' ')) loose++;
    }
  }
  return loose > 0.2 * cells;
}

/** Most cells repeat their column's name (LTSV, "a=1, b=2"): they are fields of a line, not cells of a column. */
function isLabelled(cut: Cut): boolean {
  const labelOf = (cell: string | undefined): string => /^\s*[A-Za-z_][\w.-]*[:=](?!\/\/)/.exec(cell ?? '')?.[0] ?? '';
  let labelled = 0;
  for (let column = 0; column < cut.width; column++) {
    const own = labelOf(cut.rows[1]?.[column]);
    if (own !== '' && cut.rows.filter((row) => labelOf(row[column]) === own).length >= 0.9 * cut.rows.length) labelled++;
  }
  return labelled > 0.5 * cut.width;
}

/** First cells begin with a stamp and go on: they are headers of lines, not cells of a column. */
function stampLeads(cut: Cut, year: number): boolean {
  const stamps = new Stamps(year, false);
  const encoder = new TextEncoder();
  let leads = 0;
  for (const row of cut.rows) {
    const cell = encoder.encode(row[0].trim());
    stamps.at(cell, 0, cell.length);
    if (stamps.end > 0 && stamps.end < cell.length) leads++;
  }
  return leads > 0.5 * cut.rows.length;
}

/** The first column holds few, short values without spaces. */
function isCategorical(rows: readonly (readonly string[])[]): boolean {
  const values = new Set(rows.map((row) => row[0]));
  return values.size < 0.7 * rows.length && [...values].every((value) => value.length > 0 && value.length <= 32 && !value.includes(' '));
}

function hasHeader(cut: Cut, context: CsvContext): boolean {
  if (!cut.named) return false;
  if (cut.known > 0) return true;
  const [first, ...others] = cut.rows;
  if (others.length === 0) return context.expected;
  if (first.some((cell, column) => others.some((row) => row[column] === cell))) return false;
  return first.some((cell, column) => {
    const filled = others.map((row) => row[column] ?? '').filter((value) => value !== '');
    const odd = filled.filter((value) => /^[-+\d.,:/ TZ]+$/.test(value) || value.length > 2 * cell.length + 4).length;
    return filled.length > 0 && odd >= 0.6 * filled.length;
  });
}

/** Short, distinct, filled, starting with a letter, and no stamps: names, not values. */
function readsLikeNames(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim());
  if (new Set(names).size < names.length) return false;
  const odd = names.filter((name) => name === '').length;
  return odd <= names.length / 4 && names.every((name) => name === '' || (name.length <= LONGEST_NAME && /^[\p{L}_@#$(]/u.test(name) && name.split(' ').length <= 4 && !/[:=!?"]/.test(name)));
}

/** Cut with the quotes that fit best: doubled within quotes, unless others are plainly meant. */
function bestCut(sample: Uint8Array, delimiter: string, base: Dialect): Cut {
  let best = cutBy(sample, delimiter, base, DOUBLED);
  // Where a backslash was the last letter of a quoted cell instead, its quotes do not close any more.
  if (hasPair(sample, BACKSLASH, QUOTE)) {
    const cut = cutBy(sample, delimiter, base, BACKSLASHED);
    if (cut.consistent >= best.consistent && cut.torn <= best.torn) best = cut;
  }
  if (best.quoted === 0 && sample.includes(APOSTROPHE)) {
    for (const quoting of sample.includes(BACKSLASH) ? [SINGLE, { ...SINGLE, ...BACKSLASHED }] : [SINGLE]) {
      const cut = cutBy(sample, delimiter, base, quoting);
      if (cut.quoted >= cut.rows.length / 2 && cut.torn <= cut.rows.length / 100 && cut.consistent >= best.consistent) return cut;
    }
  }
  return best;
}

function hasPair(sample: Uint8Array, first: number, second: number): boolean {
  for (let at = sample.indexOf(first); at >= 0; at = sample.indexOf(first, at + 1)) if (sample[at + 1] === second) return true;
  return false;
}

function cutBy(sample: Uint8Array, delimiter: string, base: Dialect, quoting: Quoting): Cut {
  const reader = new CsvReader({ ...base, ...quoting, format: 'csv', delimiter, header: false, columns: [''], roles: NO_ROLES });
  const decoder = new TextDecoder();
  const content = cellContent({ ...base, ...quoting });
  const rows: string[][] = [];
  let quoted = 0;
  reader.push(sample, 0, sample.length, true, (entry) => {
    if (entry.kind === ENTRY_BLANK || rows.length >= SAMPLE_ROWS) return;
    const row: string[] = [];
    for (let column = 0; column < entry.fields; column++) {
      content.read(entry, column);
      if (entry.forms[column] !== CELL_PLAIN) quoted++;
      row.push(decoder.decode(content.text.subarray(content.start, content.end)));
    }
    rows.push(row);
  });
  dropPreamble(rows);
  const counts = new Map<number, number>();
  const others = rows.length > 1 ? rows.slice(1) : rows;
  for (const row of others) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  const first = rows[0] ?? [];
  const share = (rowsAlike: number): number => (others.length === 0 ? 0 : rowsAlike / others.length);
  const named = rows.length > 0 && readsLikeNames(first);
  return { delimiter, quoting, rows, quoted, torn: reader.problems.list.filter(({ reason }) => reason.endsWith('-quote')).length, width, consistent: share(most), likeFirst: share(counts.get(first.length) ?? 0), named, known: named ? first.filter((cell) => roleOfName(cell) !== undefined).length : 0 };
}

/** Takes off the lines before a header that names columns as logs do. */
function dropPreamble(rows: string[][]): void {
  const first = rows.findIndex((row) => !readsLikePreamble(row[0]));
  const named = (row: string[]): boolean => readsLikeNames(row) && row.some((cell) => roleOfName(cell) !== undefined);
  if (first > 0 && named(rows[first]) && !named(rows[0])) rows.splice(0, first);
}

/** Some date starts with a number beyond 12 and none has its second beyond 12. */
export function isDayFirst(rows: readonly (readonly string[])[], column: number): boolean {
  let dayFirst = false;
  for (const row of rows) {
    const match = /^\D?(\d{1,2})[/-](\d{1,2})[/-]\d{4}/.exec(row[column] ?? '');
    if (match === null) continue;
    if (Number(match[2]) > 12) return false;
    dayFirst ||= Number(match[1]) > 12;
  }
  return dayFirst;
}
