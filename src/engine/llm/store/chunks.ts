import { createSHA256 } from 'hash-wasm';

/** Bytes of one file, in order. */
export type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** What passed by, once all of it has. */
export interface Passed {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Of a stream; leaving the loop early cancels it. Not every browser can loop over streams themselves. */
export async function* chunksOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Chunks {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

/**
 * The same bytes, counted and hashed on their way.
 * @param onBytes told after each chunk how many there were in it
 * @param ended told at the end; what it throws, the reader gets in place of the end
 */
export async function* hashed(chunks: Chunks, onBytes: (bytes: number) => void, ended: (passed: Passed) => void): Chunks {
  const hash = await createSHA256();
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(chunk.length);
    yield chunk;
  }
  ended({ bytes, sha256: hash.digest('hex') });
}

/** As a stream that is read no faster than it is wanted. */
export function streamOf(chunks: Chunks): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** Hash of a file that is there. @param signal AbortError after it */
export async function hashFile(file: Blob, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  const hash = await createSHA256();
  for await (const chunk of chunksOf(file.stream())) {
    signal.throwIfAborted();
    hash.update(chunk);
    onBytes(chunk.length);
  }
  return hash.digest('hex');
}
