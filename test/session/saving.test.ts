import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Lane } from '../../src/bridge/lane.ts';
import type { Saver } from '../../src/bridge/save-file.ts';
import type { ReaderApi } from '../../src/contract/reader-api.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { decide } from '../../src/engine/decide/decide.ts';
import { Votes } from '../../src/engine/decide/votes.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { readFiles } from '../../src/session/read-run.ts';
import type { ReadInput } from '../../src/session/read-run.ts';
import { RowAccess } from '../../src/session/row-access.ts';
import { Saving } from '../../src/session/saving.svelte.ts';
import { FakeWorker } from '../bridge/fake-worker.ts';
import { RULES, dialectOf } from '../engine/scan/scanned.ts';

let saver: Saver & { readonly written: number; readonly ended: string };
vi.mock('../../src/bridge/save-file.ts', () => ({ openSaver: async () => saver }));

const LOG = 'User User1 logged in.\n'.repeat(200_000);
const input: ReadInput = { files: [new File([LOG], 'a.log')], dialects: [dialectOf(LOG, 'a.log')], rules: RULES, lessons: [] };
const WATCH = { stopped: () => false, progress: () => undefined, failed: () => undefined };
const OPTIONS = { filter: NO_FILTER, raw: true, format: 'csv' as const, extra: [], reasons: null, redaction: null };

let lane: Lane<ReaderApi>;
let rows: RowAccess;
/** Called at each part that is written. */
let atPart: () => void;

beforeEach(async () => {
  atPart = () => undefined;
  saver = {
    name: 'a.labelled.csv', written: 0, ended: '',
    async write(this: { written: number }, bytes) { this.written += bytes.length; atPart(); },
    async close(this: { ended: string }) { this.ended += 'closed'; },
    async abort(this: { ended: string }) { this.ended += 'aborted'; },
  };
  const service = new ReaderService();
  lane = new Lane<ReaderApi>('reading', () => new FakeWorker(service) as unknown as Worker);
  rows = new RowAccess(lane);
  const read = await readFiles(lane, input, WATCH);
  if (read === null) throw new Error('nothing was read');
  const { table } = read;
  rows.reset(input);
  await rows.share(decide(table, RULES, new Votes(table.count), { threshold: 0.5, ended: true }));
});

describe('saving', () => {
  test('ends with a whole file and says what is in it', async () => {
    const saving = new Saving(rows);
    await saving.run('a', false, OPTIONS, async () => undefined);
    expect(saving.saved).toMatchObject({ rows: 200_000 });
    expect(saving.progress).toBeNull();
    expect(saver.ended).toBe('closed');
  });

  test('that is stopped leaves nothing behind and can begin anew', async () => {
    const saving = new Saving(rows);
    atPart = () => saving.stop();
    await saving.run('a', false, OPTIONS, async () => undefined);
    expect([saving.saved, saving.progress, saver.ended]).toEqual([null, null, 'aborted']);
    await expect(lane.call((api) => api.exportStep())).rejects.toThrow('No export');
    atPart = () => undefined;
    await saving.run('a', false, OPTIONS, async () => undefined);
    expect(saving.saved).toMatchObject({ rows: 200_000 });
  });

  test('ends in silence when other files are opened under it', async () => {
    const saving = new Saving(rows);
    let opened: Promise<unknown> | null = null;
    atPart = () => {
      saving.stop();
      opened ??= lane.call((api) => api.begin([], [], { rules: [], lessons: [] }));
    };
    await saving.run('a', false, OPTIONS, async () => undefined);
    await opened;
    expect([saving.saved, saving.progress, saver.ended]).toEqual([null, null, 'aborted']);
  });

  test('that fails says why and leaves nothing behind', async () => {
    const saving = new Saving(rows);
    atPart = () => { throw new Error('the disk is full'); };
    await expect(saving.run('a', false, OPTIONS, async () => undefined)).rejects.toThrow('the disk is full');
    expect([saving.saved, saving.progress, saver.ended]).toEqual([null, null, 'aborted']);
  });
});
