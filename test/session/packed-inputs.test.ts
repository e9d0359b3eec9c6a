import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../src/bridge/lane.ts';
import { failureCode } from '../../src/contract/failure.ts';
import type { ReaderApi } from '../../src/contract/reader-api.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { readFiles, sniffFiles } from '../../src/session/read-run.ts';
import { fileOf, fixture } from '../engine/unpack/packed.ts';

/** Without a worker between: files lose their names on the way to one in Node. */
function lane(): Lane<ReaderApi> {
  const service = new ReaderService();
  return { call: <T>(job: (api: ReaderApi) => Promise<T>) => job(service) } as unknown as Lane<ReaderApi>;
}
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

describe('dropped files', () => {
  it('become one input each, and an archive one for each file in it', async () => {
    const files = [fileOf(fixture('app.log.gz'), 'app.log.gz'), fileOf(fixture('two.zip'), 'two.zip'), fileOf(fixture('app.log'), 'app.log')];
    const { readable, refused } = await sniffFiles(lane(), files);
    expect(refused).toEqual([]);
    expect(readable.map(({ file, dialect }) => [file.name, dialect.packing, dialect.member.slice(0, 5)])).toEqual([
      ['app.log.gz', 'gzip', ''], ['two.zip', 'zip', 'logs/'], ['two.zip', 'zip', 'logs/'], ['app.log', 'none', ''],
    ]);
  });

  it('that are no logs are told of, those of one archive together', async () => {
    const { readable, refused } = await sniffFiles(lane(), [fileOf(fixture('encrypted.zip'), 'secret.zip'), fileOf(fixture('nested.zip'), 'nested.zip'), fileOf(fixture('two.zip').subarray(0, 99), 'cut.zip')]);
    expect(readable).toHaveLength(1);
    expect(refused.map(wordsOf)).toEqual([expect.stringContaining('is encrypted'), expect.stringContaining('Archives within others'), expect.stringContaining('“cut.zip”')]);
    const pictures = await sniffFiles(lane(), [fileOf(zipOf(5, 'x'), 'pictures.zip')]);
    expect(pictures.refused.map(wordsOf)).toEqual([expect.stringMatching(/^5 files in “pictures\.zip” cannot be read\. The first: .*empty/)]);
  });

  it('are opened up to a number of files in one archive, and the rest is said', async () => {
    const { refused } = await sniffFiles(lane(), [fileOf(zipOf(1003, 'y'), 'many.zip')]);
    expect(refused.map(wordsOf).at(-1)).toMatch(/“many\.zip” holds 1,003 files; the first 1,000 were opened/);
  }, 30_000);
});

it('a file that ends too early has been read to its end; it is said', async () => {
  const text = Array.from({ length: 500 }, (_, at) => `2024-03-04 05:00:00 INFO user ${at * 7919} came\n`).join('');
  const packed = gzipSync(text);
  const reader = lane();
  const { readable } = await sniffFiles(reader, [fileOf(packed.subarray(0, packed.length / 2), 'a.log.gz')]);
  const said: unknown[] = [];
  const fail = (error: unknown): void => {
    throw error;
  };
  const input = { files: readable.map(({ file }) => file), dialects: readable.map(({ dialect }) => dialect), rules: [], lessons: [] };
  const watch = { stopped: () => false, progress: () => undefined, failed: fail, endedEarly: (error: unknown) => said.push(error) };
  const result = await readFiles(reader, input, watch);
  expect(result?.entries).toBeGreaterThan(100);
  expect(said.map(failureCode)).toEqual(['file-cut-short']);
  // Read again with other rules it is what it was, and nothing is said twice.
  expect((await readFiles(reader, { ...input, keep: true }, watch))?.entries).toBe(result?.entries);
  expect(said).toHaveLength(1);
});

/** An archive of so many empty files. */
function zipOf(count: number, name: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(count * (46 + 6) + 22 + 30));
  view.setUint32(0, 0x04034b50, true);
  let at = 30;
  for (let file = 0; file < count; file++) {
    view.setUint32(at, 0x02014b50, true);
    view.setUint16(at + 28, 6, true);
    new TextEncoder().encodeInto(name + String(file).padStart(5, '0'), new Uint8Array(view.buffer, at + 46, 6));
    at += 52;
  }
  view.setUint32(at, 0x06054b50, true);
  view.setUint32(at + 12, at - 30, true);
  view.setUint32(at + 16, 30, true);
  return new Uint8Array(view.buffer);
}
