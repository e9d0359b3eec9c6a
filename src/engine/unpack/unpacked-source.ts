import type { Encoding } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import { EarlyEnd, FileSource } from '../scan/byte-source.ts';
import type { ByteSource, ByteStream } from '../scan/byte-source.ts';
import { refused } from './damage.ts';
import { KeptBytes } from './kept-bytes.ts';
import { UNPACK_LIMITS } from './limits.ts';
import type { UnpackLimits } from './limits.ts';
import type { PackedPieces, Unpack } from './packed-pieces.ts';
import { Transcoder } from './transcoder.ts';

/** Bytes unpacked, where there are more, before a read is answered: less makes records be looked for too often. */
const READ_BYTES = 1 << 18;

export interface UnpackOptions {
  readonly encoding: Encoding;
  readonly limits?: UnpackLimits;
  /** By which a later run knows the source again. */
  readonly key?: string;
}

/**
 * A packed or differently encoded file as plain UTF-8. It is unpacked once, while its first stream reads it, and kept meanwhile:
 * `read` works for all that was unpacked so far, later streams read what is kept, and go on unpacking where an earlier one left off.
 */
export class UnpackedSource implements ByteSource {
  readonly name: string;
  readonly fileSize: number;
  readonly key: string;
  /** What is wrong with the file, once that is known; what came before it is right. */
  flaw: string | null = null;
  private readonly packed: PackedPieces;
  private readonly chunks: AsyncGenerator<Uint8Array, void, void>;
  private readonly transcoder: Transcoder;
  private readonly limits: UnpackLimits;
  private readonly kept: KeptBytes;
  private unpacked = 0;
  private pending: Promise<void> | null = null;
  /** All that can be had is kept; an error that is still to be told, once. */
  private whole: FileSource | null = null;
  private error: Failure | null = null;

  constructor(packed: PackedPieces, unpack: Unpack, { encoding, limits = UNPACK_LIMITS, key = '' }: UnpackOptions) {
    this.key = key;
    this.name = packed.name;
    this.fileSize = packed.size;
    this.packed = packed;
    this.chunks = unpack(packed);
    this.transcoder = new Transcoder(encoding);
    this.limits = limits;
    this.kept = new KeptBytes(packed.name);
  }

  get size(): number {
    return this.kept.size;
  }

  /** Nothing is left to be unpacked. */
  get ended(): boolean {
    return this.whole !== null;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.kept.read(offset, length);
  }

  /** The first bytes, at least `length` where there are so many. @throws Failure where nothing could be unpacked at all */
  async head(length: number): Promise<Uint8Array> {
    while (this.size < length && !this.ended) await this.more();
    if (this.size === 0 && this.error !== null) throw this.error;
    return this.read(0, length);
  }

  stream(): ByteStream {
    return this.whole === null ? new UnpackedStream(this) : new KeptStream(this.whole.stream(), this.size, this.fileSize);
  }

  /** Bytes of the packed file that were gone through for the first `at` bytes. */
  takenFor(at: number): number {
    const { bytes } = this.packed.progress;
    return at >= this.size ? bytes : Math.floor((at / this.size) * bytes);
  }

  /** Unpacks on, for all who wait for it. */
  more(): Promise<void> {
    this.pending ??= this.unpackSome().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  /** The error with which unpacking ended, for the first who asks: whoever reads again later has been told. */
  takeError(): Failure | null {
    const { error } = this;
    this.error = null;
    return error;
  }

  private async unpackSome(): Promise<void> {
    const enough = this.size + READ_BYTES;
    try {
      while (this.size < enough) {
        const { value, done } = await this.chunks.next();
        if (done === true) return this.end(null);
        this.unpacked += value.length;
        this.kept.append(this.transcoder.push(value));
        const excess = this.excess();
        if (excess !== null) {
          void this.chunks.return();
          return this.end(refused(this.name, excess));
        }
      }
    } catch (error) {
      this.end(error instanceof Failure ? error : new EarlyEnd('file-cut-short', `“${this.name}” cannot be unpacked any further: ${error instanceof Error ? error.message : String(error)}.`));
    }
  }

  private excess(): string | null {
    const { bytes, ratio, ratioFrom } = this.limits;
    const gigabytes = (this.unpacked / 2 ** 30).toLocaleString('en', { maximumFractionDigits: 1 });
    if (this.unpacked > bytes) return `unpacks to more than ${gigabytes} GB, which is more than is kept. What came before is kept. Unpack it first, and drop a part of it.`;
    if (this.unpacked > ratioFrom && this.unpacked > ratio * this.packed.progress.bytes) return `unpacks to more than ${ratio} times its size (${gigabytes} GB so far), as no log does. What came before is kept. If you trust it, unpack it first and drop the result.`;
    return null;
  }

  private end(error: Failure | null): void {
    this.kept.append(this.transcoder.end());
    if (this.transcoder.cut) this.flaw = 'The file ends in half a character.';
    if (error !== null) this.flaw = error.message;
    this.error = error;
    this.whole = new FileSource(Object.assign(this.kept.close(), { name: this.name }));
  }
}

/** Reads what is kept, and has more unpacked at its end. */
class UnpackedStream implements ByteStream {
  private readonly source: UnpackedSource;
  private at = 0;
  private closed = false;

  constructor(source: UnpackedSource) {
    this.source = source;
  }

  get taken(): number {
    return this.source.takenFor(this.at);
  }

  async readInto(buffer: ArrayBuffer, at: number, room: number): Promise<{ buffer: ArrayBuffer; got: number }> {
    const { source } = this;
    while (this.at >= source.size && !source.ended && !this.closed) await source.more();
    if (this.closed) return { buffer, got: 0 };
    if (this.at >= source.size) {
      const error = source.takeError();
      if (error !== null) throw error;
      return { buffer, got: 0 };
    }
    const bytes = await source.read(this.at, room);
    new Uint8Array(buffer).set(bytes, at);
    this.at += bytes.length;
    return { buffer, got: bytes.length };
  }

  close(): void {
    this.closed = true;
  }
}

/** Reads what is kept of a file that has been unpacked to its end. */
class KeptStream implements ByteStream {
  private readonly inner: ByteStream;
  private readonly size: number;
  private readonly fileSize: number;

  constructor(inner: ByteStream, size: number, fileSize: number) {
    this.inner = inner;
    this.size = size;
    this.fileSize = fileSize;
  }

  get taken(): number {
    return this.size === 0 ? this.fileSize : Math.floor((this.inner.taken / this.size) * this.fileSize);
  }

  readInto(buffer: ArrayBuffer, at: number, room: number): Promise<{ readonly buffer: ArrayBuffer; readonly got: number }> {
    return this.inner.readInto(buffer, at, room);
  }

  close(): void {
    this.inner.close();
  }
}
