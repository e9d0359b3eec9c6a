import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
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
