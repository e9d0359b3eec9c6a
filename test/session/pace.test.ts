import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Progress } from '../../src/contract/view.ts';
import { Pace } from '../../src/session/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const at = (what: Progress['what'], done: number): Progress => ({ what, done, total: 1e6, unit: 'bytes' });

test('gives units per second of the stage, once it is old enough', () => {
  const pace = new Pace();
  expect(pace.rate(at('reading', 100))).toBe(0);
  vi.advanceTimersByTime(100);
  expect(pace.rate(at('reading', 200))).toBe(0);
  vi.advanceTimersByTime(900);
  expect(pace.rate(at('reading', 2100))).toBeCloseTo(2000);
  expect(pace.rate(at('voting', 8))).toBe(0);
  vi.advanceTimersByTime(2000);
  expect(pace.rate(at('voting', 108))).toBeCloseTo(50);
});
