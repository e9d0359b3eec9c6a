import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/engine/train/random.ts';
import { maskMessage } from '../../../src/engine/patterns/mask.ts';
import { fill } from '../../../src/engine/sample/fill.ts';
import { SAMPLE_NAME, SAMPLE_ROWS, sampleLog } from '../../../src/engine/sample/sample-log.ts';

const text = sampleLog();
const [header, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
const minute = (row: readonly string[]): number => (Date.parse(row[0]) - Date.UTC(2025, 2, 14)) / 60_000;
const having = (source: string, wanted: RegExp): string[][] => rows.filter((row) => row[1] === source && wanted.test(row[2]));

describe('the sample', () => {
  test('is always the same text', () => {
    expect(sampleLog()).toBe(text);
    expect(SAMPLE_NAME).toMatch(/\.csv$/);
  });

  test('says first of all that it is made up', () => {
    expect(header).toEqual(['timestamp', 'source', 'log_message']);
    expect(rows[0][2]).toMatch(/made-up/);
  });

  test('has 20,000 rows in order of time, from 00:00 to 06:12', () => {
    expect(rows.length).toBe(SAMPLE_ROWS);
    const minutes = rows.map(minute);
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b));
    expect(minutes[0]).toBe(0);
    expect(minutes[minutes.length - 1]).toBeGreaterThan(371);
    expect(minutes[minutes.length - 1]).toBeLessThanOrEqual(372);
  });

  test('has the six systems, each with many rows', () => {
    const counts = new Map<string, number>();
    for (const row of rows.slice(1)) counts.set(row[1], (counts.get(row[1]) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual(['AnalyticsEngine', 'BillingSystem', 'LegacyCRM', 'ModernCRM', 'ModernHR', 'ThirdPartyAPI']);
    for (const count of counts.values()) expect(count).toBeGreaterThan(500);
  });

  test('is made of few patterns', () => {
    expect(new Set(rows.map((row) => maskMessage(row[2] ?? ''))).size).toBeLessThan(120);
  });

  test('names no address that may be somebody’s', () => {
    const addresses = new Set(text.match(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g));
    for (const address of addresses) expect(address).toMatch(/^(10\.|192\.0\.2\.|203\.0\.113\.)/);
  });
});

describe('the night', () => {
  test('has an outage in BillingSystem from 03:12', () => {
    const bad = having('BillingSystem', /is down|refused|aborted/);
    expect(bad.length).toBeGreaterThan(1000);
    expect(Math.floor(Math.min(...bad.map(minute)))).toBe(192);
    expect(Math.max(...bad.map(minute))).toBeLessThan(222);
  });

  test('has a wave of 5xx answers', () => {
    const wave = having('ThirdPartyAPI', /status: 50[234]/);
    expect(wave.length).toBeGreaterThan(400);
    expect(Math.max(...wave.map(minute)) - Math.min(...wave.map(minute))).toBeLessThan(16);
    expect(having('ThirdPartyAPI', /status: 20[02]/).length).toBeGreaterThan(500);
  });

  test('has a brute-force login that ends in success', () => {
    const tries = having('ModernHR', /Failed password for admin from 203\.0\.113\.77/);
    const entries = having('ModernHR', /Accepted password for admin from 203\.0\.113\.77/);
    expect(tries.length).toBeGreaterThan(100);
    expect(entries.length).toBe(1);
    expect(rows.indexOf(entries[0])).toBeGreaterThan(rows.indexOf(tries[tries.length - 1]));
  });

  test('has a disk that becomes full', () => {
    const shares = having('AnalyticsEngine', /^Disk usage on/).map((row) => Number(/(\d+) %/.exec(row[2])?.[1]));
    const rising = shares.slice(0, -1);
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    expect(Math.max(...rising)).toBeGreaterThanOrEqual(99);
    expect(having('AnalyticsEngine', /is full/).length).toBe(1);
    expect(having('AnalyticsEngine', /No space left/).length).toBeGreaterThan(100);
  });

  test('has a text whose number alone tells good from bad', () => {
    const jobs = having('LegacyCRM', /ended with exit code/);
    expect(new Set(jobs.map((row) => maskMessage(row[2]))).size).toBe(1);
    expect(new Set(jobs.map((row) => /code (\d+)/.exec(row[2])?.[1]))).toEqual(new Set(['0', '137']));
  });

  test('has lines of alarming words and harmless meaning', () => {
    expect(having('ModernHR', /drill.*panic.*no failures/).length).toBeGreaterThan(20);
  });
});

describe('as a file', () => {
  test('it has one stack trace, in one quoted cell of several lines', () => {
    const traces = rows.filter((row) => row[2]?.includes('\n'));
    expect(traces.length).toBe(1);
    expect(traces[0][2]).toMatch(/Exception.*\n\tat /);
  });

  test('it has one ragged row', () => {
    expect(rows.filter((row) => row.length !== 3).map((row) => row.length)).toEqual([4]);
  });

  test('it has one row with a space before the opening quote', () => {
    expect(text.match(/, "[^"\n]+"\n/g)).toHaveLength(1);
  });
});

test('a template is filled with every kind of value', () => {
  const filled = fill('{n:3-3} {hex:5} {uuid} {ip} {user} {pick:x|x} {ms}', createRandom(1));
  expect(filled).toMatch(/^3 [0-9a-f]{5} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} 10\.11\.\d+\.\d+ User\d+ x 0\.\d{7}$/);
});
