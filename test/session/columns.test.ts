import { describe, expect, test } from 'vitest';
import { sniff } from '../../src/engine/read/sniff.ts';
import { readAlike, unclearFile, withChoice } from '../../src/session/columns.ts';
import { withReadChoice } from '../../src/session/read-choice.ts';

const dialectOf = (name: string, text: string) => {
  const bytes = new TextEncoder().encode(text);
  return { ...sniff(bytes, true, name), assumedYear: 2024 };
};
const CLEAR = dialectOf('clear.csv', 'source,log_message\nCRM,it went wrong again\nERP,all is well now\n');
const UNCLEAR = dialectOf('unclear.csv', 'id,count,price\n1,2,3\n4,5,6\n7,8,9\n');
const LIKE_IT = dialectOf('like-it.csv', 'id,count,price\n10,20,30\n40,50,60\n70,80,90\n');
const LINES = dialectOf('lines.log', 'Jan  2 03:04:05 web1 cron[1]: job started\nJan  2 03:04:06 web1 cron[1]: job ended\n');

describe('files of which no column is clearly the message', () => {
  test('are found in order, and lines need no column', () => {
    expect(unclearFile([LINES, CLEAR])).toBe(-1);
    expect(unclearFile([LINES, CLEAR, UNCLEAR, LIKE_IT])).toBe(2);
  });

  test('take a choice together with all files of the same columns, and no others', async () => {
    const inputs = [LINES, CLEAR, UNCLEAR, LIKE_IT].map((dialect) => ({ file: new File([], 'any'), dialect, candidates: [], head: '' }));
    const dialect = { ...UNCLEAR, roles: { ...UNCLEAR.roles, message: 1 } };
    const choice = { at: 2, dialect, base: UNCLEAR, candidates: [], head: '', everywhere: false };
    const chosen = (await withReadChoice(inputs, choice, () => Promise.reject(new Error('not asked')))).inputs.map((one) => one.dialect);
    expect(chosen.slice(0, 2)).toEqual([LINES, CLEAR]);
    expect(chosen.slice(2).map(({ roles, sure }) => [roles.message, sure])).toEqual([[1, 1], [1, 1]]);
    expect(unclearFile(chosen)).toBe(-1);
  });
});

describe('what a person chose for one file', () => {
  const before = LIKE_IT;

  test('goes to another that is read alike: columns, and what concerns the form', () => {
    const chosen = { ...before, delimiter: ';', columns: ['all'], roles: { ...before.roles, message: 0 } };
    expect(readAlike(UNCLEAR, LIKE_IT)).toBe(true);
    expect(readAlike(UNCLEAR, CLEAR)).toBe(false);
    expect(withChoice(UNCLEAR, before, chosen, 'form')).toEqual({ ...UNCLEAR, delimiter: ';', columns: ['all'], roles: { ...UNCLEAR.roles, message: 0 }, sure: 1 });
  });

  test('leaves alone what was not changed, such as the year of another file', () => {
    const other = { ...LINES, assumedYear: 2019 };
    expect(withChoice(other, before, { ...before, zone: 'Asia/Tokyo' }, 'general')).toEqual({ ...other, zone: 'Asia/Tokyo' });
    expect(withChoice(other, before, { ...before, assumedYear: 2020 }, 'general').assumedYear).toBe(2020);
    expect(withChoice(other, before, { ...before, zone: 'Asia/Tokyo' }, 'form').zone).toBe('UTC');
  });
});
