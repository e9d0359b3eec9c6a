import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS_PATH, readLimits } from '../../../src/engine/classify/limits-file.ts';
import { limitsTable, withTable } from '../../../training/classify/card.ts';

const CARD = readFileSync(new URL('../../../docs/model-card.md', import.meta.url), 'utf8');
const LIMITS = readLimits(readFileSync(new URL(`../../../public/models/${LIMITS_PATH}`, import.meta.url)));

test('the model card says what was measured of the shipped models (if not: npx tsx training/classify/card.ts)', () => {
  expect(CARD).toContain(limitsTable(LIMITS));
  expect(withTable(CARD, limitsTable(LIMITS))).toBe(CARD);
});

test('figures take the place of the old ones and of nothing else', () => {
  const changed = withTable(CARD, limitsTable({ ...LIMITS, messages: 4711 }));
  expect(changed).toContain('| families left out | 4711 |');
  expect(changed.split('\n').length).toBe(CARD.split('\n').length);
  expect(() => withTable('# Another text', '')).toThrow(/no place/);
});
