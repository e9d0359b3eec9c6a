import { describe, expect, it } from 'vitest';
import type { Said } from '../../src/engine/decide/taught.ts';
import { MEANING_CHARS, NAME_CHARS, nameRefused } from '../../src/ui/teach/category-name.ts';
import { aboutLines, stepWords } from '../../src/ui/teach/step-words.ts';
import { madeData } from '../engine/summary/made-data.ts';

const { table } = madeData([{ label: 0, text: 'a', cells: [[0, 0, 200_000]] }, { label: 0, text: 'b', cells: [[0, 0, 12_000]] }], [''], 1);
const said = (label: string, how: Said['how'] = 'corrected', teaches = true): Said => ({ label, how, teaches });

describe('what a step said', () => {
  it('is told with the rows that it rules', () => {
    expect(stepWords(table, new Map(), new Map([[0, said('Error')]]))).toBe('Error, 200,000 rows');
    expect(stepWords(table, new Map(), new Map([[0, said('Error')], [1, said('Error')]]))).toBe('Error, 2 patterns, 212,000 rows');
    expect(stepWords(table, new Map([[0, said('Error')]]), new Map([[0, said('Error', 'confirmed')]]))).toBe('Error confirmed, 200,000 rows');
    expect(stepWords(table, new Map(), new Map([[0, said('Error', 'confirmed')], [1, said('User Action', 'confirmed')]]))).toBe('Confirmed: 2 patterns, 212,000 rows');
  });
  it('is told when it is taken back, and not where nothing of it changed', () => {
    expect(stepWords(table, new Map([[1, said('Error')]]), new Map())).toBe('As before: 12,000 rows');
    expect(stepWords(table, new Map([[1, said('Error')]]), new Map([[1, said('Error', 'corrected', false)]]))).toBe('');
  });
  it('writes lines short', () => {
    expect([aboutLines(1), aboutLines(9812), aboutLines(2_100_000)]).toEqual(['1 line', '9,812 lines', '2.1 M lines']);
  });
});

describe('names of own categories', () => {
  it('are refused with a reason', () => {
    expect(nameRefused('Payments', [])).toBe('');
    expect(nameRefused('支払い 💳', ['Payments'])).toBe('');
    for (const name of ['', '   ', 'x'.repeat(NAME_CHARS + 1), 'error', ' UNCLASSIFIED ', 'payments', 'a\u202Eb', 'a\u0000b', 'a\nb', 'a\u200Bb', 'a\ud800']) expect(nameRefused(name, ['Payments']), JSON.stringify(name)).not.toBe('');
    expect(nameRefused('😀'.repeat(NAME_CHARS), [])).toBe('');
    expect(MEANING_CHARS).toBeGreaterThan(NAME_CHARS);
  });
});
