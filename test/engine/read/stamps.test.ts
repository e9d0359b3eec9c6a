import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMs } from '../../../src/engine/read/stamp-digits.ts';
import { Stamps } from '../../../src/engine/read/stamps.ts';
import { bytesOf } from './reading.ts';

function read(text: string, dayFirst = false): number {
  const bytes = bytesOf(text);
  return new Stamps(2024, dayFirst).whole(bytes, 0, bytes.length);
}

test('civil dates are those of Date.UTC', () => {
  fc.assert(fc.property(fc.integer({ min: 1900, max: 2200 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (year, month, day) => {
    expect(epochMs(year, month, day, 61)).toBe(Date.UTC(year, month - 1, day, 0, 1, 1));
  }));
});

test('what Date writes is read back', () => {
  const stamps = new Stamps(2024, false);
  fc.assert(fc.property(fc.date({ min: new Date('1980-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
    const bytes = bytesOf(date.toISOString());
    expect(stamps.whole(bytes, 0, bytes.length)).toBe(date.getTime());
    expect(stamps.end).toBe(bytes.length);
    expect(read(date.toUTCString())).toBe(Math.floor(date.getTime() / 1000) * 1000);
  }));
});

describe('forms', () => {
  const noon = Date.UTC(2024, 2, 4, 13, 5, 6);
  test.each([
    ['2024-03-04 13:05:06', noon], ['2024-03-04T13:05:06,250+01:00', noon - 3_600_000 + 250], ['2024-03-04 13:05:06 -0530', noon + 5.5 * 3_600_000],
    ['2024-3-4 13:05', noon - 6000], ['2024/03/04 13:05:06.5', noon + 500], ['20240304T130506Z', noon], ['20240304-13:05:06:007', noon + 7],
    ['3/4/2024 1:05:06 PM', noon], ['04.03.2024 13:05:06', noon], ['13/03/2024 13:05:06', Date.UTC(2024, 2, 13, 13, 5, 6)], ['04-Mar-2024 13:05:06', noon],
    ['4 Mar 2024 13:05:06', noon], ['Mar  4 13:05:06', noon], ['Mon Mar  4 13:05:06 UTC 2024', noon], ['Mar 4, 2024 1:05:06 PM', noon],
    ['04/Mar/2024:13:05:06 +0000', noon], ['240304 130506', noon], ['24/03/04 13:05:06', noon], ['1709557506', noon], ['1709557506.250', noon + 250],
    ['1709557506250', noon + 250], ['1709557506250000', noon + 250], ['1709557506250000000', noon + 250], ['2024-03-04', Date.UTC(2024, 2, 4)],
    ['Mar 4, 2024 @ 13:05:06.250', noon + 250], ['March 4, 2024 1:05:06 p.m.', noon], ['3/4/2024, 1:05:06\u202fPM', noon], ['04.03.24 13:05:06', noon],
    ['Mon Mar 04 2024 14:05:06 GMT+0100 (CET)', noon], ['20240304130506', noon], ['20240304130506250', noon + 250], ['2024-03-04 13:05:06 pm2', noon],
    ['2024-13-04 13:05:06', NaN], ['0000-00-00 00:00:00', NaN], ['Marching 4, 2024 13:05:06', NaN], ['13:05:06', NaN], ['192.0.2.10', NaN], ['12345', NaN], ['March', NaN], ['2024', NaN],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('stamps without a year go on over New Year, and back for a late one', () => {
    const stamps = new Stamps(2024, false);
    const years = ['Dec 31 23:59:59', 'Jan  1 00:00:00', 'Dec 31 23:59:58', 'Jan  1 00:00:01', 'Jan  1 00:00:01', 'Jun 30 00:00:00', 'Dec 30 00:00:00', 'Jan 02 00:00:00'].map((text) => {
      const bytes = bytesOf(text);
      return new Date(stamps.whole(bytes, 0, bytes.length)).getUTCFullYear();
    });
    expect(years).toEqual([2024, 2025, 2024, 2025, 2025, 2025, 2025, 2026]);
  });

  test('day or month first is for the dialect to say where both are possible', () => {
    expect(read('03/04/2024 13:05:06', true)).toBe(Date.UTC(2024, 3, 3, 13, 5, 6));
    expect(read('03/04/2024 13:05:06', false)).toBe(noon);
  });
});

test('what a stamp says does not depend on the stamps before it', () => {
  const dates = ['2024-01-02 ', '2024-01-02T', '2024/1/2 ', 'Sun, 04 Dec 2005 ', 'Sun Dec  4 ', 'Jan 02, 2024 ', '10/Oct/2000:', '17/06/09 ', '3/4/2024, ', '2. Jan 2024 ', 'Tue 2024-01-02 ', '2024-01-02-', '20240102 ', '2024年1月2日 ', 'Mar 14, 2025 @ ', '2024-01-02', ''];
  const clocks = ['03:04:05', '3:04:05', '03:04', '03:04:05.678', '03:04:056', '3:04:05 PM', '03:04:05Z', '03:04:05+02:00', '03:04:05 CET', '03:04:05 2005', '03:04:05 2006', '25:00:00', '03.04.05', '午後3:04:05', '030405', '2024 03:04:05', 'x', ''];
  const stamp = fc.tuple(fc.constantFrom(...dates), fc.constantFrom(...clocks), fc.constantFrom('', ' host', ']', 'p', ' UTC', '7')).map((parts) => parts.join(''));
  fc.assert(fc.property(fc.array(stamp, { maxLength: 30 }), fc.constantFrom('UTC', 'Europe/Berlin'), (texts, zone) => {
    const kept = new Stamps(2005, false, zone);
    for (const text of texts) {
      const bytes = bytesOf(text);
      const fresh = new Stamps(2005, false, zone);
      const says = (stamps: Stamps): unknown[] => [stamps.at(bytes, 0, bytes.length), stamps.end, stamps.iso, stamps.yearless];
      expect(says(kept)).toEqual(says(fresh));
    }
  }), { numRuns: 1000 });
});
