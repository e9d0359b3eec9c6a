import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lane } from '../../../src/bridge/lane.ts';
import type { ReaderApi, ReadResult } from '../../../src/contract/reader-api.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import type { Manifest } from '../../../src/engine/write/manifest.ts';
import { Alerts } from '../../../src/session/alerts.svelte.ts';
import { readFiles } from '../../../src/session/read-run.ts';
import { RowAccess } from '../../../src/session/row-access.ts';
import { Outputs } from '../../../src/session/save/outputs.svelte.ts';
import { Saving } from '../../../src/session/saving.svelte.ts';
import { FakeWorker } from '../../bridge/fake-worker.ts';
import { RULES, dialectOf } from '../../engine/scan/scanned.ts';

const downloads: { name: string; text: string }[] = [];
vi.mock('../../../src/bridge/download-file.ts', () => ({ downloadFile: (name: string, parts: readonly string[]) => void downloads.push({ name, text: parts.join('') }) }));

const TODAY = new File(['source,log_message\na,one\nb\n'], 'today.csv');
const BEFORE = new File(['source,log_message\na,one\nb,two,three,four\nc\nd,"open\n'], 'before.csv');

beforeEach(() => {
  downloads.length = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function opened() {
  const service = new ReaderService();
  const reader = new Lane<ReaderApi>('reading', () => new FakeWorker(service) as unknown as Worker);
  const rows = new RowAccess(reader);
  const dialect = dialectOf(await TODAY.text(), 'today.csv');
  const input = { files: [TODAY, BEFORE], dialects: [dialect, dialect], rules: RULES, lessons: [], baseline: [false, true] };
  const result = (await readFiles(reader, input, { stopped: () => false, progress: () => undefined, failed: () => undefined })) as ReadResult;
  rows.reset(input);
  const session = {
    files: [TODAY] as readonly File[], table: result.table, lines: result.lines, entries: result.entries, complete: true, finalShare: 1, unread: result.problems, unreadTotal: result.problemCount,
    threshold: 0.5, baseline: result.baseline, teaching: { rules: RULES, ruleChanges: { own: [], off: [], splits: [] }, said: new Map() }, desk: { spot: { result: null, stale: false } },
    verdict: () => { throw new Error('not asked'); },
  };
  const outputs = new Outputs({
    session: session as unknown as ConstructorParameters<typeof Outputs>[0]['session'], rows, exports: new Saving(rows), log: new Alerts(), dialects: () => [dialect],
    compared: () => ({ files: [BEFORE], dialects: [dialect] }), share: async () => undefined, models: async () => ({ backend: 'wasm', threads: 1, encoder: '', models: [], addedModels: [], languageModel: null }),
  });
  return { outputs, session, service };
}

test('a manifest hashes what the log is compared with too, and counts as unread what is of the log alone', async () => {
  const { outputs } = await opened();
  await outputs.saveManifest();
  const manifest = JSON.parse(downloads[0].text) as Manifest;
  expect(manifest.unread).toEqual({ count: 1, first: [{ file: 'today.csv', line: 3, reason: 'short-row' }] });
  expect([manifest.inputs, manifest.comparedWith].map((files) => files.map(({ name, bytes, sha256 }) => [name, bytes, sha256.length]))).toEqual([[['today.csv', TODAY.size, 64]], [['before.csv', BEFORE.size, 64]]]);
  expect(manifest.lines).toBe(3);
  expect(outputs.hashing).toBeNull();
});

test('nothing is saved of files in whose place others were opened meanwhile, or that were read again', async () => {
  for (const [change, error] of [[{ files: [BEFORE] }, { name: 'AbortError' }], [{ table: null }, { name: 'save-failed' }]] as const) {
    const { outputs, session, service } = await opened();
    const step = service.digestStep.bind(service);
    vi.spyOn(service, 'digestStep').mockImplementation((budget) => {
      Object.assign(session, change);
      return step(budget);
    });
    await expect(outputs.saveManifest()).rejects.toMatchObject(error);
    expect(downloads).toEqual([]);
  }
});
