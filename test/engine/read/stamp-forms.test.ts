import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stamps } from '../../../src/engine/read/stamps.ts';
import { bytesOf } from './reading.ts';

/** What a stamp says, as ISO; and what stands behind it. */
function said(text: string, zone = 'UTC', year = 2024): readonly [string, string] {
  const bytes = bytesOf(text);
  const stamps = new Stamps(year, false, zone);
  const ms = stamps.at(bytes, 0, bytes.length);
  return [Number.isNaN(ms) ? '' : new Date(ms).toISOString(), new TextDecoder().decode(bytes.subarray(stamps.end))];
}

const WHOLE = '2024-01-02T03:04:05.000Z';
const MILLIS = '2024-01-02T03:04:05.123Z';

describe('one instant in many forms, all of it taken', () => {
  test.each([
    // ISO 8601, RFC 3339
    '2024-01-02T03:04:05Z', '2024-01-02 03:04:05', '2024-01-02t03:04:05', '2024-01-02T03:04:05+00:00', '2024-01-02T05:04:05+02', '2024-01-02 05:04:05 +02', '2024-01-01T22:34:05-0430', '20240102T030405Z', '20240102T040405+0100',
    // With a zone by name
    '2024-01-02 03:04:05 UTC', '2024-01-02 03:04:05 GMT', '2024-01-02 04:04:05 CET', '2024-01-02 05:04:05 CEST', '2024-01-01 22:04:05 EST', '2024-01-01 23:04:05 EDT', '2024-01-02 06:04:05 MSK', '2024-01-02 12:04:05 JST', '2024-01-02 08:34:05 IST', '2024-01-01 19:04:05 PST',
    '2024-01-02T04:04:05+01:00[Europe/Paris]', '2024-01-02T03:04:05Z', '2024-01-02 04:04:05 +0100 CET', '2024-01-02 03:04:05 +0000 UTC', 'Tue, 02 Jan 2024 04:04:05 +0100 (CET)',
    // Syslog, date(1), asctime, systemd, web servers, databases
    'Jan  2 03:04:05', 'Jan 02 03:04:05', 'Tue Jan  2 03:04:05 2024', 'Tue Jan  2 03:04:05 UTC 2024', 'Tue Jan  2 04:04:05 CET 2024', 'Tue 2024-01-02 03:04:05 UTC', '02/Jan/2024:03:04:05 +0000', '02-Jan-2024 03:04:05', '240102  3:04:05', '240102 030405', '2024/01/02 03:04:05', '2024.01.02 03:04:05',
    // What people and Windows write
    'Jan 02, 2024 3:04:05 AM', 'January 2, 2024 3:04:05 AM', '1/2/2024 3:04:05 AM', '1/2/2024, 3:04:05 AM', '01/02/2024 03:04:05', '02.01.2024 03:04:05', '02.01.24 03:04:05', '24/01/02 03:04:05', '2. Januar 2024 03:04:05',
    // Numbers
    '1704164645', '1704164645000', '1704164645000000', '1704164645000000000', '20240102030405',
    // East Asia
    '2024年01月02日 03:04:05', '2024年1月2日 3:04:05', '2024年1月2日03时04分05秒', '2024年1月2日 3時04分05秒', '2024年1月2日 午前3:04:05', '2024年1月2日 上午3:04:05',
  ])('%s', (text) => {
    expect(said(text)).toEqual([WHOLE, '']);
  });

  test.each([
    '2024-01-02T03:04:05.123Z', '2024-01-02 03:04:05,123', '2024-01-02 03:04:05.1234', '2024-01-02 03:04:05.123456', '2024-01-02T03:04:05.1234567Z', '2024-01-02T03:04:05.123456789+00:00', 'Tue Jan 02 03:04:05.123456 2024', 'Jan  2 03:04:05.123',
    '1704164645.123', '1704164645.123999', '1704164645123', '1704164645123.7', '1704164645123456', '1704164645123456789', '20240102030405123', '01-02 03:04:05.123', '20240102-03:04:05:123',
  ])('%s', (text) => {
    expect(said(text)).toEqual([MILLIS, '']);
  });

  test('fractions are cut, however long', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom('.', ','), (nanos, digits, mark) => {
      const fraction = String(nanos).padStart(9, '0').slice(0, digits);
      expect(said(`2024-01-02T03:04:05${mark}${fraction}Z`)[0]).toBe(`2024-01-02T03:04:05.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
      expect(said(`1704164645.${fraction}`)[0]).toBe(`2024-01-02T03:04:05.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
    }));
  });
});

test.each([
  ['2024-01-02 24:00:00', '2024-01-03T00:00:00.000Z', ''], ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z', ''], ['2024/01/02', '2024-01-02T00:00:00.000Z', ''], ['02.01.2024', '2024-01-02T00:00:00.000Z', ''], ['2024年1月2日', '2024-01-02T00:00:00.000Z', ''],
  ['2024年1月2日 下午3:04:05', '2024-01-02T15:04:05.000Z', ''], ['2024年1月2日 午後0:04:05', '2024-01-02T12:04:05.000Z', ''], ['Jan 02, 2024 12:04:05 PM', '2024-01-02T12:04:05.000Z', ''], ['1/2/2024 12:04:05 AM', '2024-01-02T00:04:05.000Z', ''],
  // Not part of the stamp
  ['2024-01-02 03:04:05 -7 degrees', WHOLE, ' -7 degrees'], ['2024-01-02 03:04:05 +020 x', WHOLE, ' +020 x'], ['2024-01-02 03:04:05 ESTABLISHED', WHOLE, ' ESTABLISHED'], ['2024-01-02 03:04:05+00:00[main] up', WHOLE, '[main] up'], ['2024-01-02 03:04:05 +0000 GET /', WHOLE, ' GET /'],
  ['2024-01-02 03:04:05 +02] LOG', '2024-01-02T01:04:05.000Z', '] LOG'],
  // No times
  ['03:04:05', '', ''], ['3:04:05 PM', '', ''], ['2024年', '', '2024年'], ['2024-13-01 00:00:00', '', '2024-13-01 00:00:00'], ['4300000000', '', '4300000000'], ['Decoder 10 03:04:05', '', 'Decoder 10 03:04:05'], ['Marcus 12 03:04:05', '', 'Marcus 12 03:04:05'], ['Überall 2 03:04:05', '', 'Überall 2 03:04:05'],
])('%s', (text, iso, rest) => {
  expect(said(text)).toEqual([iso, rest]);
});

/** Abbreviations as logs have them, twelve a language. */
const MONTHS: Readonly<Record<string, string>> = {
  English: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec', German: 'Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez', French: 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.',
  Spanish: 'ene feb mar abr may jun jul ago sept oct nov dic', Italian: 'gen feb mar apr mag giu lug ago set ott nov dic', Portuguese: 'jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.',
  Dutch: 'jan feb mrt apr mei jun jul aug sep okt nov dec', Russian: 'янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.',
};

test.each(Object.entries(MONTHS))('months in %s, in upper case too', (_, names) => {
  names.split(' ').forEach((name, at) => {
    const iso = `2024-${String(at + 1).padStart(2, '0')}-02T03:04:05.000Z`;
    for (const one of [name, name.toUpperCase()]) {
      expect(said(`02 ${one} 2024 03:04:05`)).toEqual([iso, '']);
      expect(said(`${one} 2 03:04:05`)).toEqual([iso, '']);
      if (!one.endsWith('.')) expect(said(`02-${one}-2024 03:04:05`)).toEqual([iso, '']);
    }
  });
});

test('the names that this machine knows for months, written out or cut short', () => {
  for (const locale of ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'ru']) {
    for (const month of ['long', 'short'] as const) {
      const name = new Intl.DateTimeFormat(locale, { day: 'numeric', month, timeZone: 'UTC' });
      for (let at = 0; at < 12; at++) {
        const word = name.formatToParts(Date.UTC(2024, at, 2)).find(({ type }) => type === 'month')?.value ?? '';
        expect(said(`2 ${word} 2024 03:04:05`), `${locale}: ${word}`).toEqual([new Date(Date.UTC(2024, at, 2, 3, 4, 5)).toISOString(), '']);
      }
    }
  }
});

const two = (n: number): string => String(n).padStart(2, '0');
const NAMES = MONTHS['English'].split(' ');

test('generated stamps say what Date.UTC says', () => {
  const offset = fc.integer({ min: -12 * 4, max: 14 * 4 });
  fc.assert(fc.property(fc.date({ min: new Date('2001-10-01'), max: new Date('2069-12-30'), noInvalidDate: true }), offset, fc.integer({ min: 0, max: 6 }), (date, quarters, form) => {
    const [year, month, day, hour, minute, second, ms] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()];
    const shift = Math.abs(quarters) * 15;
    const zone = `${quarters < 0 ? '-' : '+'}${two(Math.floor(shift / 60))}${two(shift % 60)}`;
    const clock = `${two(hour)}:${two(minute)}:${two(second)}`;
    const utc = Date.UTC(year, month, day, hour, minute, second) - quarters * 900_000;
    const [text, expected] = [
      [`${year}-${two(month + 1)}-${two(day)}T${clock}.${String(ms).padStart(3, '0')}${zone}`, utc + ms],
      [`${two(day)}/${NAMES[month]}/${year}:${clock} ${zone}`, utc],
      [`${NAMES[month]} ${String(day).padStart(2)} ${year} ${clock} ${zone}`, utc],
      [`${year}${two(month + 1)}${two(day)}T${clock.replaceAll(':', '')}${zone}`, utc],
      [`${month + 1}/${day}/${year} ${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)}:${two(second)} ${hour < 12 ? 'AM' : 'PM'} ${zone}`, utc],
      [`${two(day)}.${two(month + 1)}.${year} ${clock}${zone.slice(0, 3)}:${zone.slice(3)}`, utc],
      [String(Math.floor(date.getTime() / 1000)), Math.floor(date.getTime() / 1000) * 1000],
    ][form];
    expect(said(String(text))).toEqual([new Date(expected).toISOString(), '']);
  }), { numRuns: 2000 });
});

test('the same bytes give the same whatever was read before, but for the year', () => {
  const stamps = new Stamps(2024, false, 'Europe/Paris');
  for (const text of ['2024-01-02 03:04:05', '2024-01-02T03:04:05Z', '2024-01-02 03:04:05', '1704164645', '03:04:05Z', '2024-01-02']) {
    const bytes = bytesOf(text);
    const ms = stamps.at(bytes, 0, bytes.length);
    expect(Number.isNaN(ms) ? '' : new Date(ms).toISOString()).toBe(said(text, 'Europe/Paris')[0]);
  }
});
