import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { sniff } from '../../../src/engine/read/sniff.ts';
import { RowExport } from '../../../src/engine/write/row-export.ts';
import { random } from './mutations.ts';
import { bytesOf, csvDialect, readAll, records, textOf } from './reading.ts';

/** `CSV_CASES=200000 CSV_SEED=7` for a longer run, or another one. */
const CASES = Number(process.env['CSV_CASES'] ?? 3000);
const SEED = Number(process.env['CSV_SEED'] ?? 1);
const PYTHON = spawnSync('python3', ['--version']).status === 0;
const SCRIPT = join(import.meta.dirname, 'python-csv.py');

/** How a table is written down. */
interface Writing {
  readonly delimiter: string;
  readonly quote: '"' | "'";
  readonly backslash: boolean;
  readonly quoting: 'minimal' | 'all' | 'none';
  readonly newline: '\n' | '\r\n' | '\r';
}

interface Case {
  readonly rows: readonly (readonly string[])[];
  readonly dialect: Writing;
  /** Lines before the header. */
  readonly preamble: string;
  readonly finalNewline: boolean;
}

type Pick = (below: number) => number;
const one = <T>(pick: Pick, of: readonly T[]): T => of[pick(of.length)];

const WORDS = ['User 5 logged in', 'a', '', '-1', 'é😀', '5" disk', 'say "hi"', "it's", "'quoted'", 'C:\\new\\dir', 'ends in \\', '\\"', ' led by a space', 'x\ttab', 'one,two', 'a;b', 'p|q', '""', "''", '#', 'sep=', '2024-01-02 03:04:05', '=1+1', '@home'];
const LINED = ['two\nlines', 'two\r\nlines', '\n', 'a\rb', '"\n,'];

function cell(pick: Pick, lined: readonly string[]): string {
  const pieces = Array.from({ length: 1 + pick(3) }, () => one(pick, lined.length > 0 && pick(4) === 0 ? lined : WORDS));
  return pieces.join(pick(2) === 0 ? '' : ' ');
}

function caseOf(seed: number): Case {
  const pick = random(seed);
  const backslash = pick(3) === 0;
  const quoting = one(pick, backslash ? ['minimal', 'all', 'none'] as const : ['minimal', 'minimal', 'all'] as const);
  // Unquoted, a row of one empty cell cannot be told from none.
  const width = (quoting === 'none' ? 2 : 1) + pick(6);
  const newline = one(pick, ['\n', '\r\n', '\r'] as const);
  // Python's writer quotes what ends its own lines, not what ends those of others.
  const lined = quoting === 'none' ? [] : LINED.filter((text) => quoting === 'all' || [...text].every((char) => !/[\r\n]/.test(char) || newline.includes(char)));
  const rows = Array.from({ length: 1 + pick(12) }, () => Array.from({ length: width }, () => cell(pick, lined)));
  const dialect = { delimiter: one(pick, [',', ';', '\t', '|']), quote: one(pick, ['"', '"', "'"] as const), backslash, quoting, newline };
  const preamble = pick(6) === 0 ? one(pick, [`sep=${dialect.delimiter}${dialect.newline}`, `#TYPE Selected.Event${dialect.newline}`, dialect.newline]) : '';
  // A first name that begins like a comment is a name.
  if (preamble !== '') rows[0] = rows[0].map((_, column) => `name "${column}"`);
  return { rows, dialect, preamble, finalNewline: pick(4) > 0 };
}

/** As Python writes and reads it; without Python, as Papa Parse does, which knows no backslashes. */
function written(cases: readonly Case[]): string[] {
  if (PYTHON) return (python({ write: cases }) as { texts: string[] }).texts;
  return cases.map(({ rows, dialect }) => Papa.unparse(rows as string[][], { delimiter: dialect.delimiter, quoteChar: dialect.quote, quotes: dialect.quoting === 'all', newline: dialect.newline }) + dialect.newline);
}

function read(cases: readonly { readonly text: string; readonly dialect: Writing }[]): string[][][] {
  if (PYTHON) return (python({ read: cases }) as { tables: string[][][] }).tables;
  return cases.map(({ text, dialect }) => Papa.parse<string[]>(text, { delimiter: dialect.delimiter, quoteChar: dialect.quote, newline: dialect.newline }).data.filter((row) => row.length > 1 || row[0] !== ''));
}

function python(job: object): object {
  const { stdout, stderr, status } = spawnSync('python3', [SCRIPT], { input: JSON.stringify(job), maxBuffer: 1 << 30, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as object;
}

const OWN = { label: 'Odd, "label"; it\'s', confidence: 0.5, decidedBy: 'rule', pattern: 'a\\b | "c"\t\'d\', e', bestGuess: '', reason: '', provisional: false } as const;

function exported(bytes: Uint8Array, dialect: Dialect): string {
  const job = new RowExport(dialect, { format: 'csv', raw: true, extra: ['pattern'] }, { idOf: () => 0, cellsOf: () => OWN });
  return textOf(job.push(bytes, 0, bytes.length, true).out);
}

if (!PYTHON) console.warn('python3 is missing: these tables are compared with what Papa Parse makes of them only, without backslashes.');
const known = Array.from({ length: CASES }, (_, at) => caseOf(SEED * 1_000_003 + at)).filter(({ dialect }) => PYTHON || !dialect.backslash);

test(`${known.length} tables in ${PYTHON ? 'Python\'s' : 'Papa Parse\'s (python3 is missing)'} dialects: the cells that went in, and with them our columns out`, { timeout: 60_000 + CASES * 10 }, () => {
  const texts = written(known).map((text, at) => (known[at].finalNewline ? text : text.slice(0, -known[at].dialect.newline.length)));
  const outputs = known.map(({ rows, dialect: { delimiter, quote, backslash }, preamble }, at) => {
    const [names] = rows;
    const bytes = bytesOf(preamble + texts[at]);
    const header = preamble !== '';
    const dialect = csvDialect(header ? names : names.map((_, column) => `Column ${column + 1}`), { delimiter, header, quote, backslash, roles: { source: -1, message: 0, time: -1, level: -1, label: -1 } });
    const { entries, problems } = readAll(bytes, dialect, [1 + (at % 50), 7]);
    const cells = entries.filter(({ kind }) => kind !== 'blank').map((entry) => [...entry.cells]);
    expect(cells.map((row) => row.map((_, column) => row[column])), `case ${at}: ${JSON.stringify(texts[at])}`).toEqual(rows);
    expect(problems).toEqual([]);
    const out = exported(bytes, dialect);
    expect(out.startsWith(preamble)).toBe(true);
    return { text: out.slice(preamble.length), header };
  });
  const tables = read(outputs.map(({ text }, at) => ({ text, dialect: { ...known[at].dialect, quoting: 'minimal' } })));
  tables.forEach((table, at) => {
    const { rows } = known[at];
    const own = [OWN.label, '0.5', 'rule', OWN.pattern];
    expect(table, `case ${at}: ${JSON.stringify(outputs[at].text)}`).toEqual(rows.map((row, line) => [...row, ...(line === 0 && outputs[at].header ? ['target_label', 'confidence', 'decided_by', 'pattern'] : own)]));
  });
});

const SAID = ['The job "nightly", of the shop, has failed', 'order 7 placed', 'said "no", then left', 'took 5; waited 3', 'a | b', 'path C:\\srv\\shop is full', "it's late, isn't it", 'two\nlines, "quoted"'];

/** What shows how the quote itself is written. */
const SHOWS = { '"': 'The job "nightly", of the shop, has failed', "'": "it's late, isn't it" };

function natural(seed: number): Case {
  const pick = random(seed);
  const quote = pick(3) === 0 ? "'" : '"';
  const backslash = pick(3) === 0;
  const names = ['Date', 'Service', 'Level', 'Message'];
  const rows = Array.from({ length: 12 + pick(30) }, (_, at) => [`2024-05-06 07:08:${10 + at}`, one(pick, ['shop', 'mail', 'store']), one(pick, ['INFO', 'ERROR']), at === 0 ? SHOWS[quote] : one(pick, SAID)]);
  const dialect = { delimiter: one(pick, [',', ';', '\t', '|']), quote, backslash, quoting: quote === '"' ? 'minimal' : 'all', newline: one(pick, ['\n', '\r\n'] as const) } as const;
  return { rows: pick(3) > 0 ? [names, ...rows] : rows, dialect, preamble: '', finalNewline: true };
}

test('logs in such dialects are recognised without a setting', () => {
  const cases = Array.from({ length: Math.ceil(CASES / 10) }, (_, at) => natural(SEED * 7_000_003 + at)).filter(({ dialect }) => PYTHON || !dialect.backslash);
  written(cases).forEach((text, at) => {
    const { rows, dialect: { delimiter } } = cases[at];
    const bytes = bytesOf(text);
    const dialect = sniff(bytes, true, 'log.csv', 2024);
    const reading = readAll(bytes, dialect);
    expect([dialect.format, dialect.delimiter, dialect.roles.message, dialect.roles.source], text).toEqual(['csv', delimiter, 3, 1]);
    expect(reading.entries.map((entry) => entry.cells), text).toEqual(rows);
    expect(records(reading)).toHaveLength(rows.length - (dialect.header ? 1 : 0));
  });
});
