import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { Failure } from '../../../src/contract/failure.ts';
import { ENTRY_RECORD } from '../../../src/engine/read/entry.ts';
import { FORMATS, openReader } from '../../../src/engine/read/formats.ts';
import { sniffFormat } from '../../../src/engine/read/sniff.ts';
import { Redactor } from '../../../src/engine/redact/redactor.ts';
import { RowExport } from '../../../src/engine/write/row-export.ts';
import { mutated, random } from './mutations.ts';
import { readAll } from './reading.ts';

/** `FUZZ_CASES=1000000 FUZZ_SEED=7 npm run fuzz` for a longer run, or another one. */
const CASES = Number(process.env.FUZZ_CASES ?? 10_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
/** So much of a fixture is enough to be recognised, and keeps ten thousand cases quick. */
const LONGEST = 3000;

const FIXTURES = ['formats', 'recorded'].flatMap((folder) => {
  const path = join(import.meta.dirname, '../../fixtures', folder);
  return readdirSync(path).filter((name) => /\.(log|csv|json|jsonl|ndjson|export|txt)$/.test(name) && !name.includes('.expected.')).map((name) => ({ name: `${folder}/${name}`, bytes: new Uint8Array(readFileSync(join(path, name))).subarray(0, LONGEST) }));
});

/** How a case is read: as sniffed, and as a person might insist; null where it is refused in words. */
function dialectOf(bytes: Uint8Array, name: string, pick: (below: number) => number): Dialect | null {
  const ids = Object.keys(FORMATS).filter((id) => id !== 'custom');
  const format = pick(3) === 0 ? ids[pick(ids.length)] : undefined;
  try {
    const { dialect } = sniffFormat(bytes, true, name, 2024, format === undefined ? {} : { format });
    return pick(4) === 0 ? { ...dialect, grouping: (['line', 'trace', 'headed'] as const)[pick(3)] } : dialect;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

const CELLS = { label: 'Error', confidence: 1, decidedBy: 'rule', pattern: '=<*> "x", y', bestGuess: '', reason: '', provisional: false } as const;

function written(bytes: Uint8Array, dialect: Dialect, format: 'csv' | 'jsonl', redact: boolean): string {
  const redactor = redact ? new Redactor({ kinds: ['address', 'email', 'token', 'card'], own: [], key: new Uint8Array(16) }) : null;
  const rows = new RowExport(dialect, { format, raw: false, extra: ['pattern'], normalise: format === 'csv', redactor }, { idOf: () => 0, cellsOf: () => CELLS });
  return new TextDecoder().decode(rows.push(bytes, 0, bytes.length, true).out);
}

/** As many rows come out as records went in, in either form, with or without what is to be hidden. */
function checkOut(bytes: Uint8Array, dialect: Dialect, records: number, redact: boolean): void {
  const lines = written(bytes, dialect, 'jsonl', redact).split('\n').slice(0, -1);
  expect(lines.length).toBe(records);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ confidence: 1, decided_by: 'rule' });
  const csv = Papa.parse<string[]>(written(bytes, dialect, 'csv', redact), { delimiter: ',', newline: '\n', skipEmptyLines: false });
  expect(csv.errors).toEqual([]);
  // The header, and what Papa Parse sees behind the last line end.
  expect(csv.data.length - 2).toBe(records);
  for (const row of csv.data.slice(0, -1)) expect(row.length).toBe(9);
}

function check(bytes: Uint8Array, dialect: Dialect, pick: (below: number) => number): void {
  const whole = readAll(bytes, dialect);
  // Records in = records out: laid end to end they are the file.
  let size = dialect.bom;
  const reader = openReader(dialect);
  let at = dialect.bom;
  let rows = 0;
  reader.push(bytes, 0, bytes.length, true, (entry) => {
    expect(entry.start).toBe(at);
    expect(entry.end).toBeLessThanOrEqual(entry.next);
    expect(entry.next).toBeGreaterThan(entry.start);
    at = entry.next;
    size += entry.next - entry.start;
    if (entry.kind === ENTRY_RECORD) rows++;
  });
  expect(size).toBe(bytes.length);
  expect(rows).toBe(whole.entries.filter(({ kind }) => kind === 'record').length);
  expect(readAll(bytes, dialect, [1 + pick(7), 1 + pick(200)])).toEqual(whole);
  if (pick(4) === 0) checkOut(bytes, dialect, rows, pick(2) === 0);
}

test(`${CASES} mutated logs: nothing crashes or hangs, no byte is lost, and chunks change nothing`, { timeout: 60_000 + CASES * 20 }, () => {
  expect(FIXTURES.length).toBeGreaterThan(40);
  let read = 0;
  for (let turn = 0; turn < CASES; turn++) {
    const pick = random(SEED * 1_000_003 + turn);
    const { name, bytes } = FIXTURES[turn % FIXTURES.length];
    const from = pick(2) === 0 ? 0 : pick(bytes.length);
    const one = mutated(bytes.subarray(from, from + 200 + pick(LONGEST)), pick);
    try {
      const dialect = dialectOf(one, name, pick);
      if (dialect === null) continue;
      read++;
      check(one, dialect, pick);
    } catch (error) {
      throw new Error(`case ${turn} of seed ${SEED}, from ${name}`, { cause: error });
    }
  }
  // Most of what is dropped like this is still text.
  expect(read).toBeGreaterThan(CASES / 2);
});
