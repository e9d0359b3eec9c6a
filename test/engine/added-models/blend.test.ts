import { expect, test } from 'vitest';
import { blend } from '../../../src/engine/added-models/blend.ts';

const base = Float32Array.of(0.7, 0.3, 0.2, 0.8);
const names = ['Error', 'User Action'];
const own = { classes: ['Own', 'Error'], probabilities: Float32Array.of(0.5, 0.5, 1, 0) };

test('own classes come after the base\'s; who does not know a class gives it nothing', () => {
  const { classes, probabilities } = blend(base, names, [own], 'add');
  expect(classes).toEqual(['Error', 'User Action', 'Own']);
  [0.6, 0.15, 0.25, 0.1, 0.4, 0.5].forEach((wanted, at) => expect(probabilities[at]).toBeCloseTo(wanted, 6));
});

test('instead of the base, whose classes keep their places', () => {
  const { classes, probabilities } = blend(base, names, [own], 'replace');
  expect(classes).toEqual(['Error', 'User Action', 'Own']);
  expect([...probabilities]).toEqual([0.5, 0, 0.5, 0, 0, 1]);
});

test('rows still sum to 1, with several models, too', () => {
  const third = { classes: ['__proto__', 'constructor', 'Own'], probabilities: Float32Array.of(0.1, 0.2, 0.7, 0.3, 0.3, 0.4) };
  for (const mode of ['add', 'replace'] as const) {
    const { classes, probabilities } = blend(base, names, [own, third], mode);
    expect(classes).toEqual(['Error', 'User Action', 'Own', '__proto__', 'constructor']);
    for (const row of [0, 1]) expect(probabilities.slice(row * 5, row * 5 + 5).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  }
});

test('no model is the base', () => {
  expect(blend(base, names, [], 'add')).toEqual({ classes: names, probabilities: base });
  expect(blend(base, names, [], 'replace')).toEqual({ classes: names, probabilities: base });
});

test('a row is the same alone and in company', () => {
  const alone = blend(base.slice(2), names, [{ ...own, probabilities: own.probabilities.slice(2) }], 'add');
  expect(alone.probabilities).toEqual(blend(base, names, [own], 'add').probabilities.slice(3));
});

test('parts that do not fit are refused', () => {
  expect(() => blend(base, names, [{ classes: ['a'], probabilities: Float32Array.of(1) }], 'add')).toThrow(RangeError);
});
