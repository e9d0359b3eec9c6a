import { expect, test } from 'vitest';
import { timeNote } from '../../src/ui/time-note.ts';

const utc = { zone: 'UTC', zoneless: false, assumedYear: 2025, yearless: false };

test('says what is assumed of times, and nothing where nothing is', () => {
  expect(timeNote([])).toBe('');
  expect(timeNote([utc])).toBe('');
  expect(timeNote([{ ...utc, zoneless: true }])).toBe('UTC assumed');
  expect(timeNote([{ ...utc, zone: 'America/New_York', zoneless: true, yearless: true }])).toBe('America/New York assumed · no year in file: 2025 assumed');
  expect(timeNote([{ ...utc, zone: 'Asia/Tokyo', yearless: true }])).toBe('no year in file: 2025 assumed');
  expect(timeNote([utc, { ...utc, zoneless: true }, { ...utc, zone: 'Asia/Tokyo', zoneless: true, yearless: true, assumedYear: 2024 }])).toBe('UTC and Asia/Tokyo assumed · no year in files: 2024 assumed');
});
