import { Failure } from '../../contract/failure.ts';
import { MAX_RECORD } from '../read/entry.ts';
import type { RecordReader, Visit } from '../read/entry.ts';
import { EarlyEnd } from './byte-source.ts';
import type { ByteSource, ByteStream } from './byte-source.ts';

/** Bytes read at a time: larger is no faster, and the buffer stays in the processor's cache. */
export const CHUNK_BYTES = 1 << 20;

/**
 * Drives a RecordReader over a source through one reused buffer. An incomplete record at the buffer's end is carried to its
 * front; the buffer doubles when a record fills it, so total work stays linear in the file.
 */
export class Feed {
  /** File offset of buffer[0]. */
  base = 0;
  done = false;
  private readonly source: ByteSource;
  private readonly reader: Pick<RecordReader, 'push'>;
  private readonly onEnding: () => void;
  private readonly stream: ByteStream;
  private buffer: ArrayBuffer;
  private bytes: Uint8Array;
  private filled = 0;

  /** @param onEnding called before the visit of records that are complete only because the file ends */
  constructor(source: ByteSource, reader: Pick<RecordReader, 'push'>, chunk: number = CHUNK_BYTES, onEnding: () => void = () => undefined) {
    this.onEnding = onEnding;
    this.source = source;
    this.reader = reader;
    this.stream = source.stream();
    this.buffer = new ArrayBuffer(chunk);
    this.bytes = new Uint8Array(this.buffer);
  }

  /** Bytes of the source read so far. */
  get position(): number {
    return this.base + this.filled;
  }

  /** Bytes of the dropped file gone through so far. */
  get taken(): number {
    return this.stream.taken;
  }

  /** Reads once and visits the records that became complete. During a visit, file offset = `base` + the entry's offset. */
  async advance(visit: Visit): Promise<void> {
    if (this.filled === this.bytes.length) this.double();
    const { buffer, got } = await this.stream.readInto(this.buffer, this.filled, this.bytes.length - this.filled).catch((error: unknown) => {
      // The record that the end cuts is all there is of it.
      if (error instanceof EarlyEnd) this.visitAll(true, visit);
      throw error;
    });
    // The buffer was transferred and is a new object, at the end too.
    this.buffer = buffer;
    this.bytes = new Uint8Array(buffer);
    if (got === 0) {
      if (this.position < this.source.size) {
        throw new Failure('file-changed', `“${this.source.name}” became shorter while it was read (${this.position} of ${this.source.size} bytes). Open it again when nothing writes to it.`);
      }
      this.onEnding();
      this.visitAll(true, visit);
      this.close();
      return;
    }
    this.filled += got;
    this.visitAll(false, visit);
  }

  close(): void {
    this.done = true;
    this.stream.close();
  }

  private visitAll(last: boolean, visit: Visit): void {
    if (this.bytes.length === 0) return;
    const consumed = this.reader.push(this.bytes, 0, this.filled, last, visit);
    this.bytes.copyWithin(0, consumed, this.filled);
    this.filled -= consumed;
    this.base += consumed;
  }

  private double(): void {
    const size = this.bytes.length * 2;
    if (size > MAX_RECORD) {
      throw new Failure('record-too-long', `“${this.source.name}” has a record of more than ${MAX_RECORD >> 20} MB at byte ${this.base}. Is it a log with one entry per line? Convert it, or cut it at line ends.`);
    }
    const larger = new Uint8Array(size);
    larger.set(this.bytes.subarray(0, this.filled));
    this.bytes = larger;
    this.buffer = larger.buffer;
  }
}
