import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Throttle } from '../../src/session/throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('runs at once, then at most once per interval, and once more for what came between', () => {
  const run = vi.fn();
  const throttle = new Throttle(100, run);
  throttle.request();
  expect(run).toHaveBeenCalledTimes(1);
  for (let at = 0; at < 10; at++) throttle.request();
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(99);
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(run).toHaveBeenCalledTimes(2);
  throttle.request();
  expect(run).toHaveBeenCalledTimes(3);
});

test('gives a slow run as much rest as a quick one', () => {
  const run = vi.fn(() => void vi.advanceTimersByTime(500));
  const throttle = new Throttle(100, run);
  throttle.request();
  throttle.request();
  vi.advanceTimersByTime(99);
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(2);
});

test('stopped, runs no more', () => {
  const run = vi.fn();
  const throttle = new Throttle(100, run);
  throttle.request();
  throttle.request();
  throttle.stop();
  vi.advanceTimersByTime(1000);
  expect(run).toHaveBeenCalledTimes(1);
});
