import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/contract/failure.ts';
import { Alerts } from '../../src/session/alerts.svelte.ts';

describe('alerts', () => {
  test('tell what went wrong, with its code, in order', () => {
    const alerts = new Alerts();
    alerts.add(new Failure('file-empty', '“a.log” is empty.'));
    alerts.add(new Error('something else'));
    alerts.add('a word');
    expect(alerts.list.map(({ code, message }) => [code, message])).toEqual([['file-empty', '“a.log” is empty.'], ['internal', 'something else'], ['internal', 'a word']]);
  });

  test('say the same thing once', () => {
    const alerts = new Alerts();
    for (let at = 0; at < 3; at++) alerts.add(new Error('again'));
    expect(alerts.list).toHaveLength(1);
  });

  test('are silent about an abort', () => {
    const alerts = new Alerts();
    alerts.add(new DOMException('stopped', 'AbortError'));
    expect(alerts.list).toEqual([]);
  });

  test('go one by one or all at once, and their numbers are never used again', () => {
    const alerts = new Alerts();
    for (const message of ['one', 'two', 'three']) alerts.add(new Error(message));
    const [, two] = alerts.list;
    alerts.dismiss(two.id);
    expect(alerts.list.map(({ message }) => message)).toEqual(['one', 'three']);
    alerts.clear();
    expect(alerts.list).toEqual([]);
    alerts.add(new Error('four'));
    expect(alerts.list[0].id).toBeGreaterThan(3);
  });
});
