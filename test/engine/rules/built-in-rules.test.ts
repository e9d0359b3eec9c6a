import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import { BUILT_IN_RULES } from '../../../src/engine/rules/built-in-rules.ts';
import { compileRules } from '../../../src/engine/rules/compile-rules.ts';
import { ALL_LINES } from './lines/all-lines.ts';
import { oracle } from './re2-oracle.ts';

const encoder = new TextEncoder();
const matcher = compileRules(BUILT_IN_RULES);

function decide(line: string): string {
  const bytes = encoder.encode(line);
  const at = matcher.match(bytes, 0, bytes.length);
  return at < 0 ? '' : BUILT_IN_RULES[at].id;
}

describe('built-in rules', () => {
  it('have unique kebab-case ids, known labels and a reason', () => {
    const ids = BUILT_IN_RULES.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(BUILT_IN_RULES.filter((one) => !(CATEGORY_NAMES as readonly string[]).includes(one.label) || one.about === '')).toEqual([]);
    expect(ids.length).toBeGreaterThanOrEqual(50);
  });

  it('each have two lines or more of either kind', () => {
    expect(Object.keys(ALL_LINES).sort()).toEqual(BUILT_IN_RULES.map((one) => one.id).sort());
    const few = Object.entries(ALL_LINES).filter(([, lines]) => lines.matches.length < 2 || lines.misses.length < 2);
    expect(few).toEqual([]);
  });

  it.each(BUILT_IN_RULES)('$id matches its lines before any other rule, and leaves near misses alone', (one) => {
    const { matches, misses } = ALL_LINES[one.id];
    expect(matches.map((line) => [line, decide(line)])).toEqual(matches.map((line) => [line, one.id]));
    const alone = oracle([one]);
    expect(misses.filter((line) => alone(encoder.encode(line)) === 0)).toEqual([]);
  });

  it('are found in the middle of a larger buffer as in a message of its own', () => {
    const line = ALL_LINES['ssh-invalid-user'].matches[0];
    const message = encoder.encode(line);
    const bytes = encoder.encode(`x${line}x`);
    expect(matcher.match(bytes, 1, 1 + message.length)).toBe(matcher.match(message, 0, message.length));
    expect(matcher.match(bytes, 0, bytes.length)).toBe(-1);
  });

  it('decide damaged and mixed lines as re2js does', () => {
    const lines = Object.values(ALL_LINES).flatMap((one) => [...one.matches, ...one.misses]).map((line) => encoder.encode(line));
    const expected = oracle(BUILT_IN_RULES);
    const damage = fc.constantFrom([], [0xff], [0xc3, 0xa9], [0xe2, 0x84, 0xaa], [0xc5, 0xbf], [0], [0x20], [0x0a], [0x22], [0x37], [0xe2, 0x84], [0xf0, 0x9f, 0x98, 0x80]);
    const cut = fc.double({ min: 0, max: 1, noNaN: true });
    const mutated = fc.tuple(fc.constantFrom(...lines), cut, cut, damage, fc.constantFrom(...lines), fc.boolean(), fc.boolean());
    fc.assert(fc.property(mutated, ([line, from, drop, bytes, other, upper, join]) => {
      const at = Math.floor(from * line.length);
      const tail = line.subarray(Math.min(line.length, at + Math.floor(drop * 4)));
      const text = Uint8Array.from([...line.subarray(0, at), ...bytes, ...tail, ...(join ? other : [])]);
      const message = upper ? text.map((byte) => (byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte)) : text;
      expect(matcher.match(message, 0, message.length)).toBe(expected(message));
    }), { numRuns: 1500, seed: 7 });
  });
});
