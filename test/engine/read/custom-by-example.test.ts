import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../../src/contract/dialect.ts';
import { customByExample } from '../../../src/engine/read/custom-by-example.ts';
import type { Mark } from '../../../src/engine/read/custom-by-example.ts';
import { customFit } from '../../../src/engine/read/custom-fit.ts';
import { LINES, readAll } from './reading.ts';

type Texts = Partial<Record<Role, string>>;

/** Marks the texts in the line, each where it first stands behind the one before. */
function marked(line: string, texts: Texts): Mark[] {
  return (Object.entries(texts) as [Role, string][]).map(([role, text]) => {
    const from = line.lastIndexOf(text);
    expect(from).toBeGreaterThanOrEqual(0);
    return { role, from, to: from + text.length };
  });
}

function derive(line: string, texts: Texts) {
  const { format, refused } = customByExample('mine', line, marked(line, texts));
  if (format === null) throw new Error(refused);
  return format;
}

function refusal(line: string, texts: Texts): string {
  return customByExample('mine', line, marked(line, texts)).refused ?? '';
}

/** Time, level, source and message of each line, as the format reads them. */
function read(format: ReturnType<typeof derive>, lines: readonly string[]) {
  return readAll(lines.join('\n'), { ...LINES, format: 'custom', custom: format }).entries.map((entry) => [entry.timeText, entry.level, entry.source, entry.message]);
}

describe('a format from one marked line', () => {
  test('keeps the signs between the marks and skips words and numbers', () => {
    const format = derive('#7|03.01.2024 04:05:06|pay-svc|!!E|Something broke', { time: '03.01.2024 04:05:06', source: 'pay-svc', level: 'E', message: 'Something broke' });
    expect(format.lead).toBe('#');
    expect(format.parts).toEqual([
      { role: null, until: '|' }, { role: 'time', until: '|' }, { role: 'source', until: '|!!' }, { role: 'level', until: '|' }, { role: 'message', until: '' },
    ]);
    expect(read(format, ['#812|04.01.2024 00:00:00|billing|!!I|Paid: a|b', '   at some.where(File:3)'])).toEqual([
      ['04.01.2024 00:00:00', 3, 'billing', 'Paid: a|b'], ['', 0, '', '   at some.where(File:3)'],
    ]);
  });

  test('reads a time that holds the space that ends it', () => {
    const format = derive('2024-01-02 03:04:05 host7 [pid 12] WARN  disk.full: 99 %', { time: '2024-01-02 03:04:05', level: 'WARN', source: 'disk.full', message: '99 %' });
    expect(read(format, ['2024-01-02 03:04:06 host-a.b:80 [task 9] ERROR a.b: gone away'])).toEqual([['2024-01-02 03:04:06', 6, 'a.b', 'gone away']]);
  });

  test('takes any number of spaces for one, but a tab for a tab', () => {
    const spaces = derive('INFO   [main]   started', { level: 'INFO', source: 'main', message: 'started' });
    expect(read(spaces, ['ERROR [main] stopped'])).toEqual([['', 6, 'main', 'stopped']]);
    const tabs = derive('INFO\tmain\tstarted', { level: 'INFO', source: 'main', message: 'started' });
    expect(read(tabs, ['INFO\t\tstarted'])).toEqual([['', 3, '', 'started']]);
  });

  test('takes the rest of the line as the message where none is marked', () => {
    const format = derive('<web> ok: it works', { source: 'web' });
    expect(read(format, ['<db> no luck today'])).toEqual([['', 0, 'db', 'no luck today']]);
  });

  test('lets a message of one word go on to the end of the line', () => {
    const format = derive('web | broken pipe', { source: 'web', message: 'broken' });
    expect(read(format, ['db | all is well'])).toEqual([['', 0, 'db', 'all is well']]);
  });

  test('ends a message before what closes the line', () => {
    const format = derive('(web) {it broke}', { source: 'web', message: 'it broke' });
    expect(read(format, ['(db) {a {b} c}', '(db) {never closed'])).toEqual([['', 0, 'db', 'a {b} c'], ['', 0, '', '(db) {never closed']]);
  });

  test('tells why it cannot be made', () => {
    expect(customByExample('mine', 'abc', []).refused).toMatch(/Mark the time/);
    expect(refusal('E0103 went wrong', { level: 'E', message: 'went wrong' })).toMatch(/“E” runs straight on into “0103”/);
    expect(refusal('abc: x', { source: 'bc', message: 'x' })).toMatch(/runs straight on into the source/);
    expect(refusal('yesterday | x', { time: 'yesterday', message: 'x' })).toMatch(/“yesterday” is no time/);
    expect(refusal('a b c', { source: 'a b', message: 'c' })).toMatch(/a space stands in it/);
    expect(refusal('12:00:00|web', { time: '12:00:00', source: 'web' })).toMatch(/Mark the message too/);
  });

  test('says how many lines fit and what the others lack', () => {
    const format = derive('[web] 2024-01-02 03:04:05 - it broke', { source: 'web', time: '2024-01-02 03:04:05', message: 'it broke' });
    expect(customFit(format, ['[db] 2024-01-02 03:04:05 - ok', 'no bracket', 'nor here', '[db] soon - ok'])).toEqual({ fits: [true, false, false, false], fitting: 1, why: 'do not begin with “[”' });
    expect(customFit(format, ['[db] soon - ok']).why).toBe('have no time behind “]”');
    expect(customFit(format, ['[db] 2024-01-02 03:04:05 ok']).why).toBe('have no “-” behind the time');
  });

  test('whatever is marked, gives a format that reads its own line so, or says why not', () => {
    const piece = fc.constantFrom('a', 'b7', ' ', '  ', '|', ': ', '[', ']', '-', '\t', 'é', '2024-01-02 03:04:05', 'ERROR', '"', '=', '.');
    const cut = fc.tuple(fc.constantFrom<Role>('time', 'level', 'source', 'message'), fc.nat(40), fc.integer({ min: 1, max: 12 }));
    fc.assert(fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }), fc.uniqueArray(cut, { selector: ([role]) => role, maxLength: 4 }), (pieces, cuts) => {
      const line = pieces.join('');
      const marks: Mark[] = [];
      for (const [role, at, length] of cuts) {
        const mark = { role, from: Math.min(at, line.length), to: Math.min(at + length, line.length) };
        if (marks.every((other) => mark.to <= other.from || mark.from >= other.to)) marks.push(mark);
      }
      const { format, refused } = customByExample('mine', line, marks);
      if (format === null) {
        expect(refused).not.toBe('');
        return;
      }
      expect(format.parts.slice(0, -1).every(({ until }) => until !== '')).toBe(true);
      const [entry] = readAll(line, { ...LINES, format: 'custom', custom: format }).entries;
      const source = marks.find(({ role }) => role === 'source');
      if (source !== undefined) expect(entry.source).toBe(line.slice(source.from, source.to).replace(/^ +|[ \t]+$/g, ''));
    }), { numRuns: 3000 });
  });
});
