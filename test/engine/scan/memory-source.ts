import { Failure } from '../../../src/contract/failure.ts';
import type { ByteSource, ByteStream } from '../../../src/engine/scan/byte-source.ts';

export interface Mishap {
  /** The stream gives no more than this, as of a file that became shorter. */
  readonly endsAt?: number;
  /** Reading past here fails. */
  readonly failsAt?: number;
  /** Bytes per read at most. */
  readonly piece?: number;
}

/** Bytes in memory as a source, with what can go wrong with a file. Its streams transfer the caller's buffer, as real ones do. */
export class MemorySource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly fileSize: number;
  open = 0;
  private readonly bytes: Uint8Array;
  private readonly mishap: Mishap;

  constructor(content: string | Uint8Array, mishap: Mishap = {}, name = 'a.log') {
    this.bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.size = this.bytes.length;
    this.fileSize = this.size;
    this.mishap = mishap;
    this.name = name;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    return this.bytes.slice(offset, offset + length);
  }

  stream(): ByteStream {
    const { bytes, mishap } = this;
    let offset = 0;
    this.open++;
    return {
      get taken() {
        return offset;
      },
      readInto: async (buffer, at, room) => {
        const moved = structuredClone(buffer, { transfer: [buffer] });
        if (offset >= (mishap.failsAt ?? Infinity)) throw new Failure('file-unreadable', `“${this.name}” can no longer be read.`);
        const end = Math.min(bytes.length, mishap.endsAt ?? Infinity, mishap.failsAt ?? Infinity, offset + room, offset + (mishap.piece ?? Infinity));
        const part = bytes.subarray(offset, end);
        new Uint8Array(moved).set(part, at);
        offset = end;
        return { buffer: moved, got: part.length };
      },
      close: () => {
        this.open--;
      },
    };
  }
}
