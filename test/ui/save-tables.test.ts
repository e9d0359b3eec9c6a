import { expect, test } from 'vitest';
import { changedParts } from '../../src/ui/save/changed-parts.ts';
import { markdownCell, markdownTable } from '../../src/ui/save/copy-table.ts';

test('cells of a Markdown table cannot end it or act in it', () => {
  expect(markdownCell('a|b\\|c\n`d` <b>&amp; *e* [f](g) \u202e')).toBe('a\\|b\\\\\\|c↵\\`d\\` &lt;b&gt;&amp;amp; \\*e\\* \\[f\\](g) ‹U+202E›');
  expect(markdownTable(['a', 'n'], [['x|y', 3]], [1])).toBe('| a | n |\n| --- | ---: |\n| x\\|y | 3 |\n');
});

test('what redaction changed is found again', () => {
  const [a, b] = ['[ip 0123456789]', '[email 9876543210]'];
  expect(changedParts('from 10.0.0.1 to x@y.example', `from ${a} to ${b}`)).toEqual([{ was: 'from ', now: null }, { was: '10.0.0.1', now: a }, { was: ' to ', now: null }, { was: 'x@y.example', now: b }]);
  expect(changedParts('10.0.0.1', a)).toEqual([{ was: '10.0.0.1', now: a }]);
  expect(changedParts('10.0.0.1x@y.example!', `${a}${b}!`).map(({ was }) => was).join('')).toBe('10.0.0.1x@y.example!');
});
