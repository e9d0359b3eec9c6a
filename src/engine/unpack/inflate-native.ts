import type { PackedPieces } from './packed-pieces.ts';

/**
 * Inflates with the browser's own code, three times as fast as any script. It errors where bytes follow the end, where they end too
 * early and where they are damaged, and may then hold back what it had made of the last pieces: `skipping` an exact one goes on there.
 */
export async function* inflateNative(format: 'gzip' | 'deflate-raw', packed: PackedPieces): AsyncGenerator<Uint8Array, void, void> {
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const piece = await packed.next();
      if (piece === null) controller.close();
      else controller.enqueue(piece);
    },
  }, { highWaterMark: 0 });
  const reader = pieces.pipeThrough(new DecompressionStream(format)).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** All but the first `skip` bytes. */
export async function* skipping(skip: number, chunks: AsyncGenerator<Uint8Array, void, void>): AsyncGenerator<Uint8Array, void, void> {
  let left = skip;
  for await (const chunk of chunks) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left === 0 ? chunk : chunk.subarray(left);
      left = 0;
    }
  }
}
