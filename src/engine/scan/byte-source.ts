import { Failure } from '../../contract/failure.ts';

/** Where bytes come from. A plain file has both random access and a stream; "original bytes" are what it gives. */
export interface ByteSource {
  readonly name: string;
  /** Bytes that readers get in all; of a packed or differently encoded file those unpacked so far, until its first stream has ended. */
  readonly size: number;
  /** Bytes of the file as it was dropped (of a file in an archive: those it takes there); what progress is measured by. */
  readonly fileSize: number;
  /** What is wrong with the file as a whole, in words, once that is known; the bytes before are right. */
  readonly flaw?: string | null;
  /** Bytes [offset, offset + length), fewer at the end. @throws Failure 'file-unreadable' | 'file-changed' */
  read(offset: number, length: number): Promise<Uint8Array>;
  stream(): ByteStream;
}

/** Sequential reading into the caller's buffer. */
export interface ByteStream {
  /** Bytes of the dropped file that were gone through for what was read so far. */
  readonly taken: number;
  /**
   * Reads at least 1 byte into buffer[at, at + room). The buffer may be transferred: go on with the one returned.
   * `got` is 0 at the end. @throws Failure 'file-unreadable' | 'file-changed'
   */
  readInto(buffer: ArrayBuffer, at: number, room: number): Promise<{ readonly buffer: ArrayBuffer; readonly got: number }>;
  close(): void;
}

/** Thrown at the end of what could be unpacked of a file: all that came before is right, and there is no more. */
export class EarlyEnd extends Failure {}

/** A dropped or picked file. */
export class FileSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  private readonly file: Blob;

  constructor(file: Blob & { readonly name?: string }) {
    this.file = file;
    this.name = file.name ?? 'pasted text';
    this.size = file.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    try {
      return new Uint8Array(await this.file.slice(offset, offset + length).arrayBuffer());
    } catch (error) {
      throw unreadable(this.name, error);
    }
  }

  get fileSize(): number {
    return this.size;
  }

  stream(): ByteStream {
    return openByob(this.file, this.name) ?? new SliceStream(this);
  }
}

/**
 * Readers in use. A BYOB reader on File.stream() that only a suspended async function refers to never settles in
 * Chromium (it seems to be collected), so each is kept here until it is closed.
 */
const rooted = new Set<ReadableStreamBYOBReader>();

function openByob(file: Blob, name: string): ByteStream | null {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = file.stream().getReader({ mode: 'byob' });
  } catch {
    return null; // Not every engine has BYOB readers on files.
  }
  rooted.add(reader);
  let taken = 0;
  return {
    get taken() {
      return taken;
    },
    async readInto(buffer, at, room) {
      try {
        const { value, done } = await reader.read(new Uint8Array(buffer, at, room));
        if (value === undefined) return { buffer: new ArrayBuffer(0), got: 0 };
        const got = done ? 0 : value.length;
        taken += got;
        return { buffer: value.buffer as ArrayBuffer, got };
      } catch (error) {
        throw unreadable(name, error);
      }
    },
    close() {
      rooted.delete(reader);
      void reader.cancel().catch(() => undefined);
    },
  };
}

class SliceStream implements ByteStream {
  taken = 0;
  private offset = 0;
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    this.source = source;
  }

  async readInto(buffer: ArrayBuffer, at: number, room: number): Promise<{ buffer: ArrayBuffer; got: number }> {
    const bytes = await this.source.read(this.offset, room);
    new Uint8Array(buffer).set(bytes, at);
    this.offset += bytes.length;
    this.taken += bytes.length;
    return { buffer, got: bytes.length };
  }

  close(): void {
    this.offset = Infinity;
  }
}

function unreadable(name: string, error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return new Failure('file-unreadable', `“${name}” can no longer be read: it was moved, changed or removed, or its disk is gone. Check the file and open it again. (${reason})`);
}
