import { expect, test } from 'vitest';
import { lineTokens } from '../../../src/session/line-tokens.ts';
import { segmentsOf, withMark, withoutMark } from '../../../src/ui/reading/line-marks.ts';

const LINE = 'web [E] it broke';

test('a mark takes the place of those it touches, and of an earlier one of its role', () => {
  const marks = withMark(withMark([], { role: 'source', from: 0, to: 3 }), { role: 'level', from: 5, to: 6 });
  expect(withMark(marks, { role: 'message', from: 2, to: 4 })).toEqual([{ role: 'level', from: 5, to: 6 }, { role: 'message', from: 2, to: 4 }]);
  expect(withMark(marks, { role: 'source', from: 8, to: 10 })).toEqual([{ role: 'level', from: 5, to: 6 }, { role: 'source', from: 8, to: 10 }]);
  expect(withoutMark(marks, 3, 5)).toEqual(marks);
});

test('segments hold all tokens in order, each by its mark', () => {
  const tokens = lineTokens(LINE);
  const segments = segmentsOf(tokens, [{ role: 'message', from: 8, to: LINE.length }, { role: 'level', from: 5, to: 6 }]);
  expect(segments.map(({ name, first, last }) => [name, LINE.slice(tokens[first].from, tokens[last].to)])).toEqual([['', 'web ['], ['Level', 'E'], ['', '] '], ['Message', 'it broke']]);
});
