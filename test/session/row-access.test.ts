import { beforeEach, describe, expect, test } from 'vitest';
import { Lane } from '../../src/bridge/lane.ts';
import { Failure, failureCode } from '../../src/contract/failure.ts';
import type { ReaderApi, ReadResult, StepResult } from '../../src/contract/reader-api.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { decide } from '../../src/engine/decide/decide.ts';
import { Votes } from '../../src/engine/decide/votes.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { readFiles } from '../../src/session/read-run.ts';
import type { ReadInput, ReadWatch } from '../../src/session/read-run.ts';
import { RowAccess } from '../../src/session/row-access.ts';
import { saveCsv } from '../../src/session/save-run.ts';
import { FakeWorker } from '../bridge/fake-worker.ts';
import { RULES, dialectOf } from '../engine/scan/scanned.ts';

const CSV = `source,log_message\n${Array.from({ length: 500 }, (_, at) => `s${at % 3},User User${at} logged ${at % 2 === 0 ? 'in' : 'out'}.`).join('\n')}\n`;
const input: ReadInput = { files: [new File([CSV], 'a.csv')], dialects: [dialectOf(CSV, 'a.csv')], rules: RULES, lessons: [] };
const WATCH = { stopped: () => false, progress: () => undefined, failed: () => undefined };

let workers: FakeWorker[];
let lane: Lane<ReaderApi>;
let rows: RowAccess;
let result: ReadResult;

beforeEach(async () => {
  workers = [];
  lane = new Lane<ReaderApi>('reading', () => {
    const worker = new FakeWorker(new ReaderService());
    workers.push(worker);
    return worker as unknown as Worker;
  });
  rows = new RowAccess(lane);
  result = await readAll();
  rows.reset(input);
  await rows.share(decide(result.table, RULES, new Votes(result.table.count), { threshold: 0.5, ended: true }));
});

/** Reads everything; only a reading that is kept apart and stopped gives nothing. */
async function readAll(watch: ReadWatch = WATCH): Promise<ReadResult> {
  const read = await readFiles(lane, input, watch);
  if (read === null) throw new Error('nothing was read');
  return read;
}

const labelled = { ...NO_FILTER, labels: [3] };

describe('reading', () => {
  test('that another run replaces ends with an abort, and the other one has all its rows', async () => {
    const replaced = readFiles(lane, input, WATCH).catch((error: unknown) => error);
    const other = readAll();
    expect(await replaced).toMatchObject({ name: 'AbortError' });
    expect((await other).entries).toBe(500);
  });

  test('that fails in its first step keeps what that step read', async () => {
    class Failing extends ReaderService {
      override async step(budget: number, run?: number): Promise<StepResult> {
        await super.step(budget, run);
        throw new Failure('file-changed', 'it became shorter');
      }
    }
    const failures: unknown[] = [];
    const read = await readFiles(new Lane<ReaderApi>('reading', () => new FakeWorker(new Failing()) as unknown as Worker), input, { ...WATCH, failed: (error) => failures.push(error) });
    expect(read?.entries).toBe(500);
    expect(failures.map(failureCode)).toEqual(['file-changed']);
  });
});

describe('rows', () => {
  test('are those that were read', async () => {
    expect(result.entries).toBe(500);
    expect(await rows.call((api) => api.rowCount(labelled))).toBe(500);
    expect((await rows.call((api) => api.rows(NO_FILTER, 499, 1)))[0]).toMatchObject({ row: 499, line: 501, message: 'User User499 logged out.' });
  });

  test('are there again after the worker died, verdicts included', async () => {
    const before = await rows.call((api) => api.rows(labelled, 10, 5));
    workers[0].fail('out of memory');
    expect(lane.alive).toBe(false);
    expect(await rows.call((api) => api.rows(labelled, 10, 5))).toEqual(before);
    expect(workers.length).toBe(2);
  });

  test('are there again where a new worker was first asked for something else', async () => {
    const before = await rows.call((api) => api.rows(labelled, 10, 5));
    workers[0].fail('out of memory');
    await lane.call((api) => api.members(input.files[0]));
    expect(lane.alive).toBe(true);
    expect(await rows.call((api) => api.rows(labelled, 10, 5))).toEqual(before);
    expect(workers.length).toBe(2);
  });

  test('that are fewer when they are read again are not taken for those of before', async () => {
    rows.reset({ ...input, maxRows: 501 });
    workers[0].fail('gone');
    for (const _ of [1, 2]) expect(failureCode(await rows.call((api) => api.rowCount(NO_FILTER)).catch((error: unknown) => error))).toBe('file-changed');
  });

  test('of a call during which the worker dies are missing, and the next call has them', async () => {
    const pending = rows.call((api) => api.rows(NO_FILTER, 0, 5)).catch((error: unknown) => error);
    await Promise.resolve();
    workers[0].fail('gone');
    expect(failureCode(await pending)).toBe('worker-died');
    expect(await rows.call((api) => api.rowCount(NO_FILTER))).toBe(500);
  });
});

describe('saving', () => {
  const saver = (): { name: string; text: () => string; closed: number; aborted: number; write(bytes: Uint8Array): Promise<void>; close(): Promise<void>; abort(): Promise<void> } => {
    const parts: string[] = [];
    return {
      name: 'a.labelled.csv', closed: 0, aborted: 0, text: () => parts.join(''),
      async write(bytes) { parts.push(new TextDecoder().decode(bytes)); },
      async close() { this.closed++; },
      async abort() { this.aborted++; },
    };
  };
  const options = { filter: NO_FILTER, raw: true, format: 'csv' as const, extra: [], reasons: null, redaction: null };

  test('writes every row and closes', async () => {
    const to = saver();
    const saved = await saveCsv(rows, to, options, () => false, () => undefined);
    expect(saved).toEqual({ name: 'a.labelled.csv', rows: 500, formulaCells: 0, redacted: 0, unwritable: 0 });
    expect(to.text().split('\n').length).toBe(502);
    expect([to.closed, to.aborted]).toEqual([1, 0]);
  });

  test('stopped, leaves nothing behind', async () => {
    const to = saver();
    expect(await saveCsv(rows, to, options, () => true, () => undefined)).toBeNull();
    expect([to.closed, to.aborted]).toEqual([0, 1]);
  });

  test('that fails on the way leaves nothing behind and says why', async () => {
    const to = saver();
    to.write = () => Promise.reject(new Error('the disk is full'));
    await expect(saveCsv(rows, to, options, () => false, () => undefined)).rejects.toThrow('the disk is full');
    expect([to.closed, to.aborted]).toEqual([0, 1]);
  });
});
