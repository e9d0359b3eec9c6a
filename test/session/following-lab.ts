import { Lane } from '../../src/bridge/lane.ts';
import type { Dialect } from '../../src/contract/dialect.ts';
import type { ModelApi } from '../../src/contract/model-api.ts';
import type { ReadResult, ReadSetup, ReaderApi } from '../../src/contract/reader-api.ts';
import type { KeyId, Lesson } from '../../src/contract/teach.ts';
import type { TeachApi } from '../../src/contract/teach-api.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { TeachService } from '../../src/engine/teach/teach-service.ts';
import { Alerts } from '../../src/session/alerts.svelte.ts';
import { Board } from '../../src/session/board.svelte.ts';
import type { Clustering } from '../../src/session/clustering.svelte.ts';
import { Course } from '../../src/session/course.ts';
import type { ModelUse } from '../../src/session/model-use.svelte.ts';
import { RowAccess } from '../../src/session/row-access.ts';
import { Run } from '../../src/session/run.svelte.ts';
import { KeysKept } from '../../src/session/teaching/keys-kept.ts';
import { Learning } from '../../src/session/teaching/learning.ts';
import { Teaching } from '../../src/session/teaching/teaching.svelte.ts';
import { FakeWorker } from '../bridge/fake-worker.ts';
import { Growing } from '../engine/scan/growing-file.ts';

/** What a test lets happen at certain moments of a reading. */
export interface Moments {
  /** The reader has taken in what was added, and has not said so yet. */
  grown(): Promise<void>;
  /** The page asks where what was taught stands in the new table. */
  placing(): Promise<void>;
}

/** A reader whose files all grow as this one does. */
function readerOf(growing: Growing, moments: Moments, asked: { growth: number }): ReaderService {
  class Reader extends ReaderService {
    // A handle cannot be sent through the test's worker.
    override begin(files: readonly File[], dialects: readonly Dialect[], setup: ReadSetup): Promise<number> {
      return super.begin(files, dialects, { ...setup, handles: [growing.handle] });
    }

    override hasGrown(): Promise<boolean> {
      asked.growth++;
      return super.hasGrown();
    }

    override async grow(lessons: readonly Lesson[]): Promise<ReadResult | null> {
      const result = await super.grow(lessons);
      await moments.grown();
      return result;
    }

    override async patternsOf(keys: readonly KeyId[]): Promise<Int32Array> {
      await moments.placing();
      return super.patternsOf(keys);
    }
  }
  return new Reader();
}

/** The way of a growing file through a session: the real reader and learner, models that have no opinion. */
export async function openGrowing(text: string, name = 'app.log') {
  const growing = new Growing(name);
  growing.add(text);
  const moments: Moments = { grown: () => Promise.resolve(), placing: () => Promise.resolve() };
  const asked = { growth: 0 };
  const workers: FakeWorker[] = [];
  const reader = new Lane<ReaderApi>('reading', () => {
    const worker = new FakeWorker(readerOf(growing, moments, asked));
    workers.push(worker);
    return worker as unknown as Worker;
  });
  const rows = new RowAccess(reader);
  const log = new Alerts();
  const board = new Board(new Lane<ModelApi>('classifying', () => { throw new Error('not asked'); }));
  const learning = new Learning(new Lane<TeachApi>('learning', () => new FakeWorker(new TeachService()) as unknown as Worker), async () => null);
  const run = new Run({ reader, rows, models: { vote: async () => undefined } as unknown as ModelUse, board, log });
  const teaching: Teaching = new Teaching({ board, keys: new KeysKept(rows), learning, log, aside: (work) => run.aside(work), reread: () => course.again(), learnt: async () => undefined });
  const { file } = growing;
  const { dialect } = await reader.call((api) => api.sniff(file));
  const course: Course = new Course({
    run, board, rows, teaching, learning, log, files: () => ({ files: [file], dialects: [dialect] }),
    clustering: () => ({ forget: () => undefined }) as unknown as Clustering,
    share: async () => { if (board.verdicts !== null) await rows.share(board.verdicts); },
  });
  const open = (): Promise<void> => course.go(run.reset(), teaching.release());
  await open();
  return {
    growing, moments, asked, workers, reader, rows, log, board, run, teaching, course, file, dialect, open,
    pattern: (start: string): number => board.table?.examples.findIndex((example) => example.startsWith(start)) ?? -1,
    /** Label of every row, in order, by what the reader and the page say together. */
    labels: async (): Promise<string[]> => {
      const all = await rows.call((api) => api.rows(NO_FILTER, 0, 1000));
      return all.map(({ pattern }) => board.verdicts?.labels[board.verdicts.label[pattern]] ?? '');
    },
  };
}
