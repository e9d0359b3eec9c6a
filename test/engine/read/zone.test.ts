import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stamps } from '../../../src/engine/read/stamps.ts';
import { openZone } from '../../../src/engine/read/zone.ts';
import { bytesOf } from './reading.ts';

function read(text: string, zone: string): string {
  const bytes = bytesOf(text);
  const ms = new Stamps(2024, false, zone).whole(bytes, 0, bytes.length);
  return new Date(ms).toISOString();
}

const ZONES = [
  'Europe/Paris', 'Europe/London', 'Europe/Dublin', 'Europe/Moscow', 'Europe/Istanbul', 'Europe/Lisbon', 'America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles',
  'America/St_Johns', 'America/Sao_Paulo', 'America/Santiago', 'America/Caracas', 'America/Phoenix', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Tokyo', 'Asia/Shanghai', 'Asia/Tehran',
  'Asia/Jerusalem', 'Australia/Sydney', 'Australia/Lord_Howe', 'Australia/Adelaide', 'Pacific/Auckland', 'Pacific/Chatham', 'Pacific/Honolulu', 'Africa/Cairo', 'Africa/Casablanca', 'Africa/Johannesburg',
];

/** The wall clock of a zone at an instant, as a log writes it. */
function wall(zone: string): (utc: number) => string {
  const writer = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return (utc) => writer.format(utc);
}

describe.each(ZONES)('%s', (zone) => {
  const write = wall(zone);
  const local = openZone(zone);

  test('what its clocks showed is read back', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(1975, 0, 1) / 1000, max: Date.UTC(2037, 0, 1) / 1000 }), (second) => {
      const text = write(second * 1000);
      const back = new Date(read(text, zone)).getTime();
      // Where clocks were put back a time comes twice: the first is meant.
      expect(write(back)).toBe(text);
      expect(back).toBeLessThanOrEqual(second * 1000);
      expect(second * 1000 - back).toBeLessThanOrEqual(3 * 3_600_000);
      if (back !== second * 1000) expect(local?.offsetAt(back)).not.toBe(local?.offsetAt(second * 1000));
    }), { numRuns: 150 });
  });

  test('around its changes of clocks, minute by minute', () => {
    for (let utc = Date.UTC(2024, 0, 1); utc < Date.UTC(2025, 0, 1); utc += 86_400_000) {
      if (local?.offsetAt(utc) === local?.offsetAt(utc + 86_400_000)) continue;
      for (let at = utc; at < utc + 86_400_000; at += 7 * 60_000) expect(write(new Date(read(write(at), zone)).getTime())).toBe(write(at));
    }
  });
});

test('a time that was skipped is read as if clocks had not been put forward; one that came twice is the first', () => {
  expect(read('2024-03-31 01:59:59', 'Europe/Paris')).toBe('2024-03-31T00:59:59.000Z');
  expect(read('2024-03-31 02:30:00', 'Europe/Paris')).toBe('2024-03-31T01:30:00.000Z');
  expect(read('2024-03-31 03:00:00', 'Europe/Paris')).toBe('2024-03-31T01:00:00.000Z');
  expect(read('2024-10-27 01:59:59', 'Europe/Paris')).toBe('2024-10-26T23:59:59.000Z');
  expect(read('2024-10-27 02:30:00', 'Europe/Paris')).toBe('2024-10-27T00:30:00.000Z');
  expect(read('2024-10-27 03:00:00', 'Europe/Paris')).toBe('2024-10-27T02:00:00.000Z');
  expect(read('2024-11-03 01:30:00', 'America/New_York')).toBe('2024-11-03T05:30:00.000Z');
});

test('a stamp that names its zone keeps it', () => {
  for (const text of ['2024-07-01T12:00:00Z', '2024-07-01 14:00:00 +0200', '2024-07-01 08:00:00 EDT', '1719835200', '01/Jul/2024:12:00:00 +0000', 'Mon, 01 Jul 2024 12:00:00 GMT']) {
    expect(read(text, 'Asia/Tokyo')).toBe('2024-07-01T12:00:00.000Z');
  }
  expect(read('2024-07-01 12:00:00', 'Asia/Tokyo')).toBe('2024-07-01T03:00:00.000Z');
  expect(read('Jul  1 12:00:00', 'Asia/Tokyo')).toBe('2024-07-01T03:00:00.000Z');
  expect(read('2024-07-01', 'Asia/Tokyo')).toBe('2024-06-30T15:00:00.000Z');
});

test('UTC by any of its names is no zone to reckon with; what is none is refused', () => {
  for (const name of ['UTC', 'Etc/UTC', 'GMT', 'Zulu']) expect(openZone(name)).toBeNull();
  expect(openZone('Europe/Berlin')?.name).toBe('Europe/Berlin');
  expect(() => openZone('Mars/Olympus')).toThrow('no time zone');
});
