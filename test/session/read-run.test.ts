import { expect, test } from 'vitest';
import { Lane } from '../../src/bridge/lane.ts';
import { Failure } from '../../src/contract/failure.ts';
import type { ReaderApi } from '../../src/contract/reader-api.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { readFiles } from '../../src/session/read-run.ts';
import { FakeWorker } from '../bridge/fake-worker.ts';
import { dialectOf } from '../engine/scan/scanned.ts';

const TEXT = 'one line here\nanother line there\n';
const WATCH = { stopped: () => false, progress: () => undefined, failed: () => undefined };

/** The file changes on disk once it has been read. */
class Changing extends ReaderService {
  changed = false;

  override async step(budget: number, run?: number): ReturnType<ReaderService['step']> {
    const done = await super.step(budget, run);
    if (this.changed) throw new Failure('file-changed', 'the file has changed');
    return done;
  }
}

test('files that cannot be read again leave what was read before in use', async () => {
  const service = new Changing();
  const reader = new Lane<ReaderApi>('reading', () => new FakeWorker(service) as unknown as Worker);
  const file = new File([TEXT], 'a.log');
  const input = { files: [file], dialects: [dialectOf(TEXT, 'a.log')], rules: [], lessons: [] };
  expect((await readFiles(reader, input, WATCH))?.taught.length).toBe(2);
  service.changed = true;
  const rules = [{ id: 'all', pattern: 'line', label: 'Error', about: '', origin: 'own' as const }];
  await expect(readFiles(reader, { ...input, rules, keep: true }, WATCH)).rejects.toThrow('the file has changed');
  // Keys are still named by the rules of the run that is in use.
  expect((await reader.call((api) => api.keysOf([0])))[0]).toMatchObject([{ text: 'one line here' }]);
  expect(await reader.call((api) => api.rowCount(NO_FILTER))).toBe(2);
  await expect(reader.call((api) => api.finish())).rejects.toThrow();
});
