/** What became of a stream: whole where all of it was read. */
export interface Passed {
  readonly bytes: number;
  readonly whole: boolean;
}

/**
 * The same bytes, as fast as the reader takes them, while each chunk is shown before it goes on.
 * @param onChunk may copy the chunk, not keep it
 * @returns the stream, and how it ended; that promise never rejects
 */
export function watched(body: ReadableStream<Uint8Array<ArrayBuffer>>, onChunk: (chunk: Uint8Array, at: number) => void): { readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>; readonly end: Promise<Passed> } {
  const reader = body.getReader();
  let bytes = 0;
  let ended: (passed: Passed) => void = () => undefined;
  const end = new Promise<Passed>((resolve) => (ended = resolve));
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          ended({ bytes, whole: true });
          return;
        }
        onChunk(value, bytes);
        bytes += value.length;
        controller.enqueue(value);
      } catch (error) {
        ended({ bytes, whole: false });
        controller.error(error);
      }
    },
    async cancel(reason) {
      ended({ bytes, whole: false });
      await reader.cancel(reason);
    },
  });
  return { stream, end };
}
