import { describe, expect, test } from 'vitest';
import { CATEGORIES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import type { HttpClass } from '../../../src/contract/pattern.ts';
import { LEVELS } from '../../../src/contract/level.ts';
import { isProblem } from '../../../src/engine/decide/problem.ts';

const level = (name: (typeof LEVELS)[number]): number => LEVELS.indexOf(name);

describe('a problem is', () => {
  test.each(CATEGORIES.map(({ name, problem }) => [name, problem] as const))('%s: %j', (name, problem) => expect(isProblem(name, 0, 0, 'text')).toBe(problem));

  test('an HTTP status of 500 or above, in any category', () => {
    for (const name of ['HTTP Status', 'System Notification', UNCLASSIFIED]) {
      for (const http of [0, 1, 2, 3, 4, 5] as HttpClass[]) expect(isProblem(name, http, 0, 'GET /x')).toBe(http === 5);
    }
  });

  test.each([
    'Disk /var is full', 'No space left on device', 'Out of memory: Killed process', 'heap exhausted', 'quota exceeded for client', 'insufficient disk space', 'connection limit reached', 'Too many open files',
    'CPU clock throttled', 'low memory', 'memory pressure is high', 'queue overflowed',
  ])('a resource at its limit: %s', (text) => expect(isProblem('Resource Usage', 0, 0, text)).toBe(true));

  test.each(['Disk usage is <num> %', 'memory used <num> MB', 'Fullerene cache <num> MB', 'heap <num> of <num>'])('not just any resource: %s', (text) => expect(isProblem('Resource Usage', 0, 0, text)).toBe(false));

  test('a resource that the log itself warns of', () => {
    expect(isProblem('Resource Usage', 0, level('warning'), 'Disk usage is <num> %')).toBe(true);
    expect(isProblem('Resource Usage', 0, level('error'), 'Disk usage is <num> %')).toBe(true);
    expect(isProblem('Resource Usage', 0, level('info'), 'Disk usage is <num> %')).toBe(false);
  });

  test('a line that nothing is sure about but that the log itself calls an error', () => {
    expect(isProblem(UNCLASSIFIED, 0, level('emergency'), 'text')).toBe(true);
    expect(isProblem(UNCLASSIFIED, 0, level('error'), 'text')).toBe(true);
    expect(isProblem(UNCLASSIFIED, 0, level('warning'), 'text')).toBe(false);
  });

  test('nothing for its words or its level alone', () => {
    expect(isProblem('System Notification', 0, level('error'), 'disk full')).toBe(false);
    expect(isProblem(UNCLASSIFIED, 0, 0, 'out of memory')).toBe(false);
    expect(isProblem('a category of one’s own', 0, 0, 'text')).toBe(false);
  });
});
