import { describe, expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import type { RecordReader } from '../../../src/engine/read/entry.ts';
import { FileSource } from '../../../src/engine/scan/byte-source.ts';
import type { ByteSource } from '../../../src/engine/scan/byte-source.ts';
import { Feed } from '../../../src/engine/scan/feed.ts';
import { MemorySource } from './memory-source.ts';

/** Takes `size` bytes at a time, and at the end whatever is left; notes what it was given. */
class Taker implements Pick<RecordReader, 'push'> {
  readonly parts: string[] = [];
  lasts = 0;
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  push(bytes: Uint8Array, from: number, to: number, last: boolean): number {
    let at = from;
    while (at + this.size <= to || (last && at < to)) {
      this.parts.push(new TextDecoder('latin1').decode(bytes.subarray(at, Math.min(to, at + this.size))));
      at = Math.min(to, at + this.size);
    }
    if (last) this.lasts++;
    return at;
  }
}

async function feedAll(source: ByteSource, size: number, chunk?: number): Promise<{ parts: string[]; lasts: number; position: number }> {
  const taker = new Taker(size);
  const feed = new Feed(source, taker, chunk);
  let position = 0;
  while (!feed.done) {
    await feed.advance(() => undefined);
    expect(feed.position).toBeGreaterThanOrEqual(position);
    position = feed.position;
  }
  return { parts: taker.parts, lasts: taker.lasts, position };
}

const TEXT = Array.from({ length: 1000 }, (_, at) => String.fromCharCode(33 + (at % 90))).join('');
const cut = (size: number): string[] => Array.from({ length: Math.ceil(TEXT.length / size) }, (_, at) => TEXT.slice(at * size, (at + 1) * size));

describe('a feed', () => {
  test.each([[1, 1], [7, 1], [7, 5], [100, 64], [999, 2], [1000, 16], [1001, 16], [3000, 1]])('gives records of %i bytes through a buffer of %i, which grows where it must', async (size, chunk) => {
    expect(await feedAll(new MemorySource(TEXT), size, chunk)).toEqual({ parts: cut(size), lasts: 1, position: 1000 });
    expect((await feedAll(new MemorySource(TEXT, { piece: 3 }), size, chunk)).parts).toEqual(cut(size));
  });

  test('ends once, also where there is nothing', async () => {
    expect(await feedAll(new MemorySource(''), 5)).toEqual({ parts: [], lasts: 1, position: 0 });
  });

  test('says when the file became shorter', async () => {
    const feed = new Feed(new MemorySource(TEXT, { endsAt: 600 }, 'x.log'), new Taker(10), 256);
    const error = await (async () => {
      while (!feed.done) await feed.advance(() => undefined);
    })().catch((caught: unknown) => caught);
    expect(failureCode(error)).toBe('file-changed');
    expect((error as Error).message).toContain('600 of 1000 bytes');
  });
});

describe('a file as a source', () => {
  const file = new File([TEXT], 'x.log');

  test('has its name and size; text without a name was pasted', () => {
    expect(new FileSource(file)).toMatchObject({ name: 'x.log', size: 1000 });
    expect(new FileSource(new Blob([TEXT])).name).toBe('pasted text');
  });

  test('is read at any offset, and no further than it goes', async () => {
    const source = new FileSource(file);
    const text = async (offset: number, length: number): Promise<string> => new TextDecoder().decode(await source.read(offset, length));
    expect(await text(0, 10)).toBe(TEXT.slice(0, 10));
    expect(await text(995, 10)).toBe(TEXT.slice(995));
    expect(await text(2000, 10)).toBe('');
  });

  test('streams the same bytes with and without a reader of its own', async () => {
    expect((await feedAll(new FileSource(file), 7, 64)).parts).toEqual(cut(7));
    const plain: Blob = Object.assign(new Blob([TEXT]), { stream: () => new Blob([TEXT]).stream().pipeThrough(new TransformStream()) });
    expect((await feedAll(new FileSource(plain), 7, 64)).parts).toEqual(cut(7));
  });

  test('that cannot be read says which and what to do', async () => {
    const gone: Blob = Object.assign(new Blob([TEXT]), { name: 'gone.log', slice: () => { throw new Error('NotFoundError'); }, stream: () => { throw new Error('NotFoundError'); } });
    const source = new FileSource(gone);
    for (const job of [source.read(0, 1), feedAll(source, 7)]) {
      const error = await job.catch((caught: unknown) => caught);
      expect(failureCode(error)).toBe('file-unreadable');
      expect((error as Error).message).toMatch(/gone\.log.*open it again.*NotFoundError/i);
    }
  });
});
