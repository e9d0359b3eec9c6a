import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fileOf } from '../../src/bridge/file-handles.ts';
import { failureCode } from '../../src/contract/failure.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { Following } from '../../src/session/following.svelte.ts';
import { openGrowing } from './following-lab.ts';

const CSV = 'source,log_message\nweb,job one done\nweb,worker fell over\n';
const OWN = { id: 'own-1', pattern: 'queue', label: 'Warning', about: 'queues', origin: 'own' as const };

describe('a file that has grown', () => {
  test('keeps what was said, can be undone over the old and the new rows, and done again', async () => {
    const lab = await openGrowing(CSV, 'a.csv');
    await lab.teaching.label([lab.pattern('job')], 'Error');
    await lab.teaching.label([lab.pattern('worker')], 'Critical Error');
    lab.growing.add('web,job two done\ndb,queue is long\n');
    await lab.course.grow();
    expect([lab.run.entries, lab.run.stage, lab.run.complete]).toEqual([4, 'ready', true]);
    expect((await lab.labels()).slice(0, 3)).toEqual(['Error', 'Critical Error', 'Error']);
    await lab.teaching.undo();
    expect((await lab.labels())[1]).not.toBe('Critical Error');
    await lab.teaching.undo();
    const [one, , two] = await lab.labels();
    expect([one === 'Error', one === two, lab.teaching.said.size]).toEqual([false, true, 0]);
    await lab.teaching.redo();
    expect((await lab.labels())[2]).toBe('Error');
    expect(lab.log.list).toEqual([]);
  });

  test('takes over what is said while it is taken in', async () => {
    const lab = await openGrowing(CSV, 'a.csv');
    lab.growing.add('web,job two done\n');
    lab.moments.grown = () => lab.teaching.label([lab.pattern('job')], 'Error');
    await lab.course.grow();
    await vi.waitFor(async () => expect(await lab.labels()).toEqual(['Error', expect.any(String), 'Error']));
    await lab.teaching.undo();
    expect(lab.teaching.said.size).toBe(0);
  });

  test('has all its rows when other rules have it read again, and when the worker dies', async () => {
    const lab = await openGrowing(CSV, 'a.csv');
    lab.growing.add('db,queue is long\n');
    await lab.course.grow();
    await lab.teaching.changeRules('rule', { ...lab.teaching.ruleChanges, own: [OWN] });
    await vi.waitFor(() => expect(lab.run.stage).toBe('ready'));
    expect(lab.run.entries).toBe(3);
    expect((await lab.labels())[2]).toBe('Warning');
    lab.growing.add('db,queue is longer\n');
    await lab.course.grow();
    // More that nobody has asked for yet.
    lab.growing.add('db,and more\n');
    lab.workers[0].fail('gone');
    expect(await lab.rows.call((api) => api.rowCount(NO_FILTER))).toBe(4);
    expect(await lab.labels()).toHaveLength(4);
    expect(lab.workers).toHaveLength(2);
    await lab.course.grow();
    await vi.waitFor(() => expect(lab.run.stage).toBe('ready'));
    expect(lab.run.entries).toBe(5);
  });

  test('that must be read anew is, once, with what was said', async () => {
    const list = (names: readonly string[]): string => `[${names.map((name) => `{"msg":"${name} done","level":"info"}`).join(',\n')}`;
    const lab = await openGrowing(list(['job 1', 'job 2']), 'a.json');
    await lab.teaching.label([lab.pattern('job')], 'Error');
    lab.growing.add(',\n{"msg":"job 3 done","level":"info"}');
    expect(await lab.rows.call((api) => api.hasGrown())).toBe(true);
    await lab.course.grow();
    await vi.waitFor(() => expect(lab.run.stage).toBe('ready'));
    expect(await lab.labels()).toEqual(['Error', 'Error', 'Error']);
    expect(await lab.rows.call((api) => api.hasGrown())).toBe(false);
  });

  test('is as it was where the worker dies meanwhile, and can be worked with', async () => {
    const lab = await openGrowing(CSV, 'a.csv');
    await lab.teaching.label([lab.pattern('job')], 'Error');
    lab.growing.add('web,job two done\n');
    lab.moments.placing = async () => {
      lab.moments.placing = () => Promise.resolve();
      lab.workers[0].fail('gone');
    };
    expect(failureCode(await lab.course.grow().catch((error: unknown) => error))).toBe('worker-died');
    expect([lab.run.stage, lab.run.complete, lab.run.entries, lab.teaching.standing.swapped]).toEqual(['ready', true, 2, null]);
    expect((await lab.labels())[0]).toBe('Error');
    await lab.course.grow();
    await vi.waitFor(() => expect(lab.run.entries).toBe(3));
    await vi.waitFor(async () => expect(await lab.labels()).toEqual(['Error', expect.any(String), 'Error']));
  });

  test('shows nothing of it where other files are opened meanwhile', async () => {
    const lab = await openGrowing(CSV, 'a.csv');
    lab.growing.add('web,job two done\n');
    let opened: Promise<void> = Promise.resolve();
    lab.moments.grown = async () => {
      lab.moments.grown = () => Promise.resolve();
      lab.board.show(null);
      opened = lab.open();
    };
    await lab.course.grow().catch(() => undefined);
    await opened;
    expect([lab.run.stage, lab.run.complete, lab.teaching.standing.swapped]).toEqual(['ready', true, null]);
    expect((await lab.labels()).length).toBe(lab.run.entries);
  });

  test('waits while rows of it are saved', async () => {
    const lab = await openGrowing(CSV, 'a.csv');
    await lab.rows.call((api) => api.beginExport({ format: 'csv', raw: true, extra: [], reasons: null, filter: NO_FILTER, redaction: null }));
    lab.growing.add('web,job two done\n');
    expect(await lab.rows.call((api) => api.hasGrown())).toBe(false);
    // It was found to have grown just before saving began.
    await lab.course.grow();
    expect(lab.run.entries).toBe(2);
    for (let done = false; !done; ) ({ done } = await lab.rows.call((api) => api.exportStep()));
    expect(await lab.rows.call((api) => api.hasGrown())).toBe(true);
    await lab.course.grow();
    expect(lab.run.entries).toBe(3);
  });
});

describe('following', () => {
  beforeEach(() => {
    vi.stubGlobal('window', {});
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function followed() {
    const lab = await openGrowing(CSV, 'a.csv');
    const file = await fileOf(lab.growing.handle);
    const following = new Following({
      log: lab.log, files: () => [file], dialects: () => [lab.dialect], entries: () => lab.run.entries, grow: () => lab.course.grow(),
      ask: (question) => lab.rows.call(question), idle: () => lab.run.stage === 'ready' && lab.run.complete, stopped: () => lab.run.stage === 'ready' && !lab.run.complete,
    });
    return { lab, following };
  }

  test('takes in what comes, and stops where the file becomes shorter', async () => {
    const { lab, following } = await followed();
    following.start();
    lab.growing.add('web,job two done\n');
    await vi.advanceTimersByTimeAsync(1000);
    await vi.waitFor(() => expect(following.added).toBe(1));
    lab.growing.cut(20);
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(1000);
      expect(following.on).toBe(false);
    });
    expect(lab.log.list.map(({ code }) => code)).toEqual(['file-changed']);
    expect(lab.run.entries).toBe(3);
  });

  test('that is stopped and begun again looks no more often than before', async () => {
    const { lab, following } = await followed();
    following.start();
    // The look is under way when it is stopped.
    vi.advanceTimersByTime(1000);
    following.stop();
    following.start();
    const before = lab.asked.growth;
    for (let second = 0; second < 5; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }
    expect(lab.asked.growth - before).toBeLessThanOrEqual(6);
    following.stop();
  });

  test('ends where the person stops what it brought from being decided', async () => {
    const { lab, following } = await followed();
    following.start();
    lab.run.cancel();
    lab.run.complete = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(following.on).toBe(false);
    following.start();
    expect(following.on).toBe(false);
  });
});
