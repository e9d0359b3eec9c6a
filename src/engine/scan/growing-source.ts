import { Failure } from '../../contract/failure.ts';
import type { ByteSource, ByteStream } from './byte-source.ts';

type Handle = Pick<FileSystemFileHandle, 'getFile' | 'name'>;

/** A file that is written to may change again while it is fetched anew. */
const TRIES = 5;
/** Of what was read, so many bytes of its start and its end are remembered, by which another file in its place is told. */
const MARK_BYTES = 1024;

/** Bytes of the file as they were when first read. */
interface Mark {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/**
 * A file known by its handle (File System Access), so that it can be read while something writes to it: a `File` is a snapshot that
 * cannot be read any more once the file has changed (File API, section 4), and is fetched anew then. Read up to `size`, which `renew` moves on.
 */
export class GrowingSource implements ByteSource {
  readonly name: string;
  size: number;
  private readonly handle: Handle;
  private file: File;
  private head: Mark | null = null;
  private tail: Mark | null = null;

  /** The file as it is now. @throws Failure 'file-unreadable' */
  static async of(handle: Handle): Promise<GrowingSource> {
    return new GrowingSource(handle, await handle.getFile().catch((error: unknown) => {
      throw gone(handle.name, error);
    }));
  }

  /** @param file what the handle gave */
  private constructor(handle: Handle, file: File) {
    this.handle = handle;
    this.file = file;
    this.name = file.name;
    this.size = file.size;
  }

  get fileSize(): number {
    return this.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.size, offset + length);
    for (let attempt = 1; ; attempt++) {
      try {
        const bytes = new Uint8Array(await this.file.slice(offset, end).arrayBuffer());
        this.remember(offset, bytes);
        return bytes;
      } catch (error) {
        if (attempt === TRIES) throw gone(this.name, error);
        await this.fetch();
      }
    }
  }

  stream(): ByteStream {
    let offset = 0, taken = 0;
    return {
      get taken() {
        return taken;
      },
      readInto: async (buffer, at, room) => {
        const bytes = await this.read(offset, room);
        new Uint8Array(buffer).set(bytes, at);
        offset += bytes.length;
        taken += bytes.length;
        return { buffer, got: bytes.length };
      },
      close: () => {
        offset = Infinity;
      },
    };
  }

  /** Whether there is more of it than `size`. @throws Failure 'file-changed' where there is less; 'file-unreadable' */
  async hasGrown(): Promise<boolean> {
    await this.fetch();
    if (this.file.size <= this.size) return false;
    for (const mark of [this.head, this.tail]) if (mark !== null && !(await this.stands(mark))) throw replaced(this.name);
    return true;
  }

  /** From now on all that `hasGrown` saw is read. */
  renew(): void {
    this.size = this.file.size;
  }

  private remember(at: number, bytes: Uint8Array): void {
    if (this.head === null && at === 0 && bytes.length > 0) this.head = { at, bytes: bytes.slice(0, MARK_BYTES) };
    const end = at + bytes.length;
    if (end !== this.size || bytes.length === 0 || (this.tail !== null && this.tail.at + this.tail.bytes.length === end)) return;
    const some = bytes.slice(-MARK_BYTES);
    this.tail = { at: end - some.length, bytes: some };
  }

  /** Whether the file still has these bytes; also true where it has just changed again and cannot be read: it is looked at again soon. */
  private async stands({ at, bytes }: Mark): Promise<boolean> {
    const now = await this.file.slice(at, at + bytes.length).arrayBuffer().then((buffer) => new Uint8Array(buffer), () => bytes);
    return bytes.every((byte, i) => byte === now[i]);
  }

  private async fetch(): Promise<void> {
    let file: File;
    try {
      file = await this.handle.getFile();
    } catch (error) {
      throw gone(this.name, error);
    }
    if (file.size < this.size) {
      throw new Failure('file-changed', `“${this.name}” became shorter (${file.size} bytes, before ${this.size}): it was emptied, or another file took its place. What was read is kept; open the file again to read the new one.`);
    }
    this.file = file;
  }
}

function replaced(name: string): Failure {
  return new Failure('file-changed', `“${name}” does not begin or go on as before: it was emptied and filled again, or another file took its place. What was read is kept; open the file again to read the new one.`);
}

function gone(name: string, error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return new Failure('file-unreadable', `“${name}” can no longer be read: it was moved or removed, or reading it is no longer allowed. What was read is kept; open the file again. (${reason})`);
}
