import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import { LEVELS } from '../../../src/contract/level.ts';
import type { HttpClass } from '../../../src/contract/pattern.ts';
import { fromBase64, toBase64 } from '../../../src/engine/bundle/base64.ts';
import type { Bundle } from '../../../src/engine/bundle/bundle.ts';
import { contentsOf } from '../../../src/engine/bundle/contents.ts';
import { looksLikeBundle, parseBundle } from '../../../src/engine/bundle/read-bundle.ts';
import { writeBundle } from '../../../src/engine/bundle/write-bundle.ts';
import { EMPTY, fullBundle, keyOf, lessonOf } from './made-bundle.ts';

const encoder = new TextEncoder();
const PASS = { inspect: () => Promise.resolve() };
const read = (text: string): Promise<Bundle> => parseBundle(encoder.encode(text), PASS);

describe('a bundle', () => {
  test('comes back as it was written, with something of everything', async () => {
    const bundle = await fullBundle();
    expect(await read(writeBundle(bundle))).toEqual(bundle);
  });

  test('comes back as it was written when there is nothing in it', async () => {
    expect(await read(writeBundle(EMPTY))).toEqual(EMPTY);
  });

  test('comes back as it was written, whatever the texts are', async () => {
    const label = fc.constantFrom(...CATEGORY_NAMES, 'Fraud');
    const key = fc.record({ text: fc.string({ unit: 'grapheme' }), level: fc.nat(LEVELS.length - 1), http: fc.nat(5).map((n) => n as HttpClass), rule: fc.constantFrom(null, '', 'own-1') });
    const keys = fc.uniqueArray(key, { selector: (one) => JSON.stringify(one), minLength: 1, maxLength: 12 });
    await fc.assert(fc.asyncProperty(keys, label, fc.double({ min: 0, max: 1, noNaN: true }), async (all, name, share) => {
      const lessons = all.map((one, at) => ({ keys: [one], label: name, how: at % 2 === 0 ? 'corrected' as const : 'confirmed' as const, teaches: at % 3 > 0 }));
      const verdicts = [{ text: all[0].text, level: all[0].level, label: UNCLASSIFIED, guess: name, confidence: Math.fround(share), by: 'none' as const, unsure: 'unlike' as const }];
      const back = await read(writeBundle({ ...EMPTY, lessons, verdicts, threshold: share }));
      expect(new Set(back.lessons.map((one) => JSON.stringify(one)))).toEqual(new Set(lessons.map((one) => JSON.stringify(one))));
      expect(back.verdicts).toEqual(verdicts);
      expect(back.threshold).toBe(share);
    }), { numRuns: 200 });
  });

  test('is the same file in whatever order its parts came', async () => {
    const bundle = await fullBundle();
    const turned: Bundle = {
      ...bundle, lessons: [...bundle.lessons].reverse(), verdicts: [...bundle.verdicts].reverse(), rules: { ...bundle.rules, off: [...bundle.rules.off].reverse() },
    };
    expect(writeBundle(turned)).toBe(writeBundle(bundle));
  });

  test('keeps what was said last where two lessons name the same key', async () => {
    const back = await read(writeBundle({ ...EMPTY, lessons: [lessonOf('Error', ['a', 'b']), lessonOf('User Action', ['b'])] }));
    expect(back.lessons).toEqual([lessonOf('Error', ['a']), lessonOf('User Action', ['b'])]);
  });

  test('is known by what it begins with', async () => {
    expect(looksLikeBundle(encoder.encode(writeBundle(await fullBundle())))).toBe(true);
    expect(looksLikeBundle(encoder.encode('{"format":"winnow-bundle"}'))).toBe(true);
    expect(looksLikeBundle(encoder.encode('{"time":"10:00","format":"winnow-bundle"}'))).toBe(false);
    expect(looksLikeBundle(encoder.encode('2025-03-01 format winnow-bundle'))).toBe(false);
    expect(looksLikeBundle(new Uint8Array(0))).toBe(false);
  });

  test('tells what is in it, and what of that is not masked', async () => {
    const lines = contentsOf(await fullBundle());
    expect(lines.filter(({ raw }) => raw).map(({ what, count }) => [what, count])).toEqual([['Parts of patterns told apart', 1], ['Raw example lines', 1]]);
    expect(lines.find(({ what }) => what === 'Confirmed patterns')?.count).toBe(1);
    expect(lines.find(({ what }) => what === 'Own categories')?.detail).toContain('Fraud');
    expect(contentsOf(EMPTY).map(({ what }) => what)).toEqual(['Sure enough from 0.50']);
  });

  test('of 20,000 verdicts and 2,000 lessons is read in well under a second', async () => {
    const verdicts = Array.from({ length: 20_000 }, (_, at) => ({ text: `worker ${at} took <num> ms in <path>`, level: 3, label: 'Error', guess: 'Error', confidence: 0.9, by: 'model' as const, unsure: '' as const }));
    const lessons = Array.from({ length: 2_000 }, (_, at) => lessonOf('Error', [`lesson ${at}`]));
    const bytes = encoder.encode(writeBundle({ ...EMPTY, verdicts, lessons }));
    const start = performance.now();
    const back = await parseBundle(bytes);
    const took = performance.now() - start;
    expect(back.verdicts).toHaveLength(20_000);
    // About 100 ms on an idle core; generous, as tests share the machine.
    expect(took).toBeLessThan(3000);
  });
});

test('base64 agrees with the platform’s own, at every length', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  }));
  const long = Uint8Array.from({ length: 100_001 }, (_, at) => at * 7);
  expect(toBase64(long)).toBe(Buffer.from(long).toString('base64'));
  for (const bad of ['A', 'AA', 'AAA', 'AA==\n', 'A A=', '====', 'AA=A', '\u00e4AAA']) expect(fromBase64(bad), bad).toBeNull();
});

test('keys of one text that differ in level, status or rule are different keys', async () => {
  const keys = [keyOf('a'), keyOf('a', { level: 1 }), keyOf('a', { http: 5 }), keyOf('a', { rule: '' }), keyOf('a', { rule: 'r' })];
  expect((await read(writeBundle({ ...EMPTY, lessons: [{ ...lessonOf('Error', []), keys }] }))).lessons[0].keys).toEqual(keys);
});
