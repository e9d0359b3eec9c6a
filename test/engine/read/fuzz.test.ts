import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { Failure } from '../../../src/contract/failure.ts';
import { ENTRY_RECORD } from '../../../src/engine/read/entry.ts';
import { FORMATS, openReader } from '../../../src/engine/read/formats.ts';
import { sniffFormat } from '../../../src/engine/read/sniff.ts';
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
