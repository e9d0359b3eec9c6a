import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { FileSource } from '../../../src/engine/scan/byte-source.ts';
import { DigestJob } from '../../../src/engine/scan/digest-job.ts';

test('files are hashed as they were dropped, in order, with progress', async () => {
  const contents = [new Uint8Array(0), gzipSync('a\n'.repeat(1000)), new Uint8Array(9 << 20).fill(7)];
  const job = new DigestJob(contents.map((bytes, at) => new FileSource(new File([bytes], `${at}.log`))));
  const seen: number[] = [];
  for (;;) {
    const { hashes, read, total, done } = await job.step(0);
    seen.push(read);
    if (!done) continue;
    expect(hashes).toEqual(contents.map((bytes) => createHash('sha256').update(bytes).digest('hex')));
    expect(read).toBe(total);
    break;
  }
  expect(seen.length).toBeGreaterThan(3);
  expect(await new DigestJob([]).step(0)).toMatchObject({ hashes: [], done: true });
});

test('a file that comes twice is hashed once, and what the log is compared with is hashed too', async () => {
  const service = new ReaderService();
  const [twice, base] = ['one job\n', 'another job\n'].map((text, at) => new File([text.repeat(9)], `${at}.log`));
  const { dialect } = await service.sniff(twice);
  const run = await service.begin([twice, twice, base], [dialect, dialect, dialect], { rules: [], lessons: [], baseline: [false, false, true] });
  while (!(await service.step(50, run)).done);
  await service.finish(run);
  await service.beginDigest();
  const found = await service.digestStep(10_000);
  const hash = async (file: File): Promise<string> => createHash('sha256').update(new Uint8Array(await file.arrayBuffer())).digest('hex');
  expect(found).toEqual({ hashes: [await hash(twice), await hash(twice), await hash(base)], sizes: [twice.size, twice.size, base.size], read: twice.size + base.size, total: twice.size + base.size, done: true });
});
