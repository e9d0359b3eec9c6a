import { expect, test } from 'vitest';
import { timeWriter } from '../../src/ui/format.ts';
import { nameEnd, rowTracks } from '../../src/ui/row-tracks.ts';

const DAY = 86_400_000;
const NOON = Date.UTC(2024, 5, 1, 12);
const widths = (css: string): number[] => [...css.matchAll(/(\d+)px/g)].map(([, width]) => Number(width));

test('a time has room for all its characters, or no column', () => {
  for (const span of [3_600_000, 9 * DAY, 900 * DAY]) {
    const written = timeWriter(NOON, NOON + span)(NOON);
    for (let width = 320; width <= 1800; width += 40) {
      const { time, file, css } = rowTracks({ width, timeChars: written.length, sourced: true, filed: true });
      if (time) expect(widths(css)[file ? 2 : 1]).toBeGreaterThanOrEqual(written.length * 7.5);
    }
  }
});

test('the message keeps room as the list gets narrow, and nothing comes back that went', () => {
  let before = 4;
  for (let width = 1800; width >= 360; width -= 10) {
    const { letter, file, source, time, css } = rowTracks({ width, timeChars: 19, sourced: true, filed: true });
    const shown = [!letter, file, source, time].filter(Boolean).length;
    const taken = widths(css).slice(0, -1).reduce((sum, one) => sum + one + 12, 24);
    expect(shown).toBeLessThanOrEqual(before);
    if (shown > 0) expect(width - taken).toBeGreaterThanOrEqual(220);
    before = shown;
  }
  expect(before).toBe(0);
});

test('a log without times, sources and other files has no columns for them', () => {
  expect(rowTracks({ width: 1200, timeChars: 0, sourced: false, filed: false })).toMatchObject({ time: false, source: false, file: false, letter: false });
});

test('of a long name the end is kept, whole characters', () => {
  expect(nameEnd('app.log')).toBe('app.log');
  expect(nameEnd('two.zip › logs/first.log', 12)).toBe('…s/first.log');
  expect(nameEnd('😀'.repeat(30), 5)).toBe(`…${'😀'.repeat(4)}`);
});
