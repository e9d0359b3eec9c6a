import { describe, expect, it } from 'vitest';
import { binWidth } from '../../src/ui/axis-words.ts';
import { bytes, count, duration, fullTime, plural, share, span, timeWriter, tiny } from '../../src/ui/format.ts';
import { visibleLines, visibleText } from '../../src/ui/visible-text.ts';

const at = (text: string): number => Date.parse(text);

describe('numbers in words', () => {
  it('groups digits and chooses singular or plural', () => {
    expect(count(9_812_440)).toBe('9,812,440');
    expect(plural(1, 'entry', 'entries')).toBe('1 entry');
    expect(plural(1204, 'entry', 'entries')).toBe('1,204 entries');
    expect([tiny(999), tiny(2931), tiny(18_300)]).toEqual(['999', '2.9K', '18K']);
  });
  it('never rounds something to nothing, nor almost all to all', () => {
    expect(share(1, 1_000_000)).toBe('< 0.1 %');
    expect(share(999_999, 1_000_000)).toBe('> 99.9 %');
    expect([share(0, 5), share(5, 5), share(19, 1000), share(982, 1000), share(0, 0)]).toEqual(['0 %', '100 %', '1.9 %', '98.2 %', '0 %']);
  });
  it('writes bytes and durations', () => {
    expect([bytes(12), bytes(1500), bytes(1.2e9)]).toEqual(['12 bytes', '1.50 kB', '1.20 GB']);
    expect([duration(0.2), duration(100), duration(32_400)]).toEqual(['1 s', '2 min', '9.0 h']);
  });
});

describe('times', () => {
  it('are as short as the span allows, in UTC', () => {
    const [a, b] = [at('2025-06-27T00:00:00Z'), at('2025-06-27T06:12:00Z')];
    expect(timeWriter(a, b, 60_000)(at('2025-06-27T03:12:30Z'))).toBe('03:12');
    expect(timeWriter(a, b, 1000)(at('2025-06-27T03:12:30Z'))).toBe('03:12:30');
    expect(timeWriter(a, at('2025-06-29T00:00Z'), 60_000)(at('2025-06-28T03:12Z'))).toBe('06-28 03:12');
    expect(span(a, b)).toBe('2025-06-27, 00:00–06:12 UTC');
    expect(span(NaN, NaN)).toBe('');
    expect(fullTime(at('2025-06-27T03:12:30.250Z'))).toBe('2025-06-27 03:12:30.250');
    expect([fullTime(NaN), fullTime(1e300), timeWriter(NaN, NaN)(1e300)]).toEqual(['', '', '']);
  });
  it('name the width of a bin', () => {
    expect(binWidth({ kind: 'time', start: 0, width: 120_000, bins: 1 })).toBe('2 min');
    expect(binWidth({ kind: 'time', start: 0, width: 86_400_000, bins: 1 })).toBe('day');
    expect(binWidth({ kind: 'row', start: 0, width: 500, bins: 1 })).toBe('500 entries');
  });
});

describe('visible text', () => {
  it('shows every control character and every mark that reorders or hides text', () => {
    expect(visibleText('a\u0000b\u0007\u001b[31m')).toBe('a‹NUL›b‹BEL›‹ESC›[31m');
    expect(visibleText('admin\u202Egnp.exe\u200B')).toBe('admin‹U+202E›gnp.exe‹U+200B›');
    expect(visibleText('a\tb\nc\u007f')).toBe('a→b↵c‹DEL›');
    for (let code = 0; code < 0xa0; code++) if (code < 0x20 || code >= 0x7f) expect(visibleText(String.fromCharCode(code))).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
  it('leaves other text alone, and line ends where several lines are shown', () => {
    expect(visibleText('naïve <b>日本 "x"</b> 👍')).toBe('naïve <b>日本 "x"</b> 👍');
    expect(visibleLines('one\r\n\ttwo\u0000')).toBe('one\n→two‹NUL›');
  });
});
