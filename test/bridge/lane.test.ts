import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, test } from 'vitest';
import { Lane } from '../../src/bridge/lane.ts';
import { listenToWorkers } from '../../src/bridge/worker-told.ts';
import { Failure, failureCode } from '../../src/contract/failure.ts';
import { FakeWorker } from './fake-worker.ts';

interface Api {
  count(): Promise<number>;
  part(): Promise<{ readonly bytes: Uint8Array }>;
  never(): Promise<number>;
  refuse(): Promise<number>;
}

let workers: FakeWorker[] = [];
let lane: Lane<Api>;

beforeEach(() => {
  workers = [];
  lane = new Lane<Api>('counting', () => {
    let calls = 0;
    const worker = new FakeWorker({
      count: () => ++calls,
      part: () => ({ bytes: new Uint8Array(1000) }),
      never: () => new Promise<number>(() => undefined),
      refuse: () => Promise.reject(new Failure('file-empty', 'there is nothing in it')),
    } satisfies { [Name in keyof Api]: () => unknown });
    workers.push(worker);
    return worker as unknown as Worker;
  });
});

const caught = (job: Promise<unknown>): Promise<unknown> => job.then(() => null, (error: unknown) => error);

describe('a lane', () => {
  test('starts its worker at the first call and keeps it', async () => {
    expect([workers.length, lane.alive]).toEqual([0, false]);
    expect(await lane.call((api) => api.count())).toBe(1);
    expect(await lane.call((api) => api.count())).toBe(2);
    expect([workers.length, lane.alive]).toEqual([1, true]);
  });

  test('starts one worker for calls made at once', async () => {
    expect(await Promise.all([1, 2, 3].map(() => lane.call((api) => api.count())))).toEqual([1, 2, 3]);
    expect(workers.length).toBe(1);
  });

  test('passes failures on with their code and words, and goes on', async () => {
    const error = await caught(lane.call((api) => api.refuse()));
    expect([failureCode(error), (error as Error).message]).toEqual(['file-empty', 'there is nothing in it']);
    expect(await lane.call((api) => api.count())).toBe(1);
    expect(workers.length).toBe(1);
  });

  test('holds no answer once it is given: an export may be larger than the memory', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const given: WeakRef<object>[] = [];
    for (let i = 0; i < 20; i++) given.push(new WeakRef(await lane.call((api) => api.part())));
    await lane.call((api) => api.count());
    await new Promise((done) => setTimeout(done, 5));
    collect();
    expect(given.filter((part) => part.deref() !== undefined).length).toBeLessThan(3);
  });
});

describe('a worker that dies', () => {
  test.each<readonly [string, (worker: FakeWorker) => void, string]>([
    ['of an error', (worker) => worker.fail('out of luck'), 'out of luck'],
    ['of a script that is not there', (worker) => worker.fail(''), 'could not be loaded'],
    ['of a module that is not there', (worker) => worker.fail('Uncaught TypeError: Failed to fetch dynamically imported module: https://site.test/reader.js'), 'then reload the page'],
    ['of a message that cannot be read', (worker) => worker.garble(), 'could not be read'],
  ])('%s rejects all that is pending', async (_, kill, reason) => {
    const pending = [lane.call((api) => api.never()), lane.call((api) => api.never())].map(caught);
    kill(workers[0]);
    for (const error of await Promise.all(pending)) {
      expect(failureCode(error)).toBe('worker-died');
      expect((error as Error).message).toContain('counting');
      expect((error as Error).message).toContain(reason);
    }
    expect([lane.alive, workers[0].terminated]).toEqual([false, true]);
  });

  test('says how to go on: with the file, or as its lane has it', async () => {
    const worker = new FakeWorker({ never: () => new Promise<number>(() => undefined) });
    const own = new Lane<Api>('answering', () => worker as unknown as Worker, 'Load the model again.');
    const pending = [caught(lane.call((api) => api.never())), caught(own.call((api) => api.never()))];
    workers[0].fail('gone');
    worker.fail('gone');
    const [usual, particular] = (await Promise.all(pending)).map((error) => (error as Error).message);
    expect(usual).toMatch(/\(gone\)\. What the page shows stays; open the file again to go on\.$/);
    expect(particular).toMatch(/\(gone\)\. Load the model again\.$/);
  });

  test('is replaced at the next call by one that knows nothing of before', async () => {
    expect(await lane.call((api) => api.count())).toBe(1);
    workers[0].fail('gone');
    expect(await lane.call((api) => api.count())).toBe(1);
    expect([workers.length, lane.alive]).toEqual([2, true]);
  });

  test('does not take its successor with it', async () => {
    const first = caught(lane.call((api) => api.never()));
    workers[0].fail('gone');
    const second = lane.call((api) => api.count());
    workers[0].fail('again');
    expect(failureCode(await first)).toBe('worker-died');
    expect(await second).toBe(1);
    expect(lane.alive).toBe(true);
  });

  test('while nobody waits for it is no error', async () => {
    await lane.call((api) => api.count());
    workers[0].fail('gone');
    await new Promise((done) => setTimeout(done, 5));
    expect(lane.alive).toBe(false);
  });

  test('because it was stopped says so', async () => {
    const pending = caught(lane.call((api) => api.never()));
    lane.terminate();
    expect((await pending as Error).message).toContain('it was stopped');
    expect(workers[0].terminated).toBe(true);
    lane.terminate();
    expect(await lane.call((api) => api.count())).toBe(1);
  });
});

test('what a worker tells of the network goes to whoever counts, and calls go on', async () => {
  const told: unknown[] = [];
  listenToWorkers((next) => told.push(next));
  const loaded = { winnow: 'loaded', entries: [{ name: 'http://site.test/a.js', workerStart: 0, transferSize: 310 }] };
  expect(await lane.call((api) => api.count())).toBe(1);
  workers[0].dispatchEvent(new MessageEvent('message', { data: loaded }));
  expect(await lane.call((api) => api.count())).toBe(2);
  listenToWorkers(null);
  expect(told).toEqual([loaded]);
});
