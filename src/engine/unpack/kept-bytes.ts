import { Failure } from '../../contract/failure.ts';

/** Bytes that are gathered in memory before they are handed to the browser as a Blob, all but the last of just this size. */
const FOLD_BYTES = 1 << 24;
const FIRST_BYTES = 1 << 16;

/**
 * Unpacked bytes, kept for reading again. They are handed to the browser as Blobs, which keeps large ones on disk and lets go
 * of them with the tab. That is why this is no file in the origin-private file system: one would outlive the tab (or its crash),
 * and nothing of a log may stay behind.
 */
export class KeptBytes {
  size = 0;
  private readonly name: string;
  private parts: Blob[] = [];
  private tail = new Uint8Array(FIRST_BYTES);
  private filled = 0;
  private whole: Blob | null = null;

  constructor(name: string) {
    this.name = name;
  }

  /** Copies the bytes. */
  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.filled === this.tail.length) this.makeRoom();
      const some = Math.min(this.tail.length - this.filled, bytes.length - at);
      this.tail.set(bytes.subarray(at, at + some), this.filled);
      this.filled += some;
      at += some;
    }
    this.size += bytes.length;
  }

  /** Nothing is appended any more. */
  close(): Blob {
    this.whole ??= new Blob([...this.parts, this.tail.subarray(0, this.filled)]);
    this.parts = [];
    this.tail = new Uint8Array(0);
    return this.whole;
  }

  /** Bytes [offset, offset + length), fewer at the end of what there is so far. @throws Failure 'file-unreadable' */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.size, offset + length);
    if (end <= offset) return new Uint8Array(0);
    if (this.whole !== null) return this.bytesOf(this.whole.slice(offset, end));
    const folded = this.parts.length * FOLD_BYTES;
    // Bytes that are still in memory are copied before anything is waited for: the memory is used again.
    const out = new Uint8Array(end - offset);
    const from = Math.max(offset, folded);
    if (end > folded) out.set(this.tail.subarray(from - folded, end - folded), from - offset);
    const parts = this.parts.slice(Math.floor(offset / FOLD_BYTES), Math.ceil(Math.min(end, folded) / FOLD_BYTES));
    const first = Math.floor(offset / FOLD_BYTES) * FOLD_BYTES;
    if (parts.length > 0) out.set(await this.bytesOf(new Blob(parts).slice(offset - first, Math.min(end, folded) - first)));
    return out;
  }

  private makeRoom(): void {
    if (this.tail.length === FOLD_BYTES) {
      this.parts.push(new Blob([this.tail]));
      this.filled = 0;
      return;
    }
    const larger = new Uint8Array(Math.min(FOLD_BYTES, this.tail.length * 4));
    larger.set(this.tail);
    this.tail = larger;
  }

  private async bytesOf(blob: Blob): Promise<Uint8Array> {
    try {
      return new Uint8Array(await blob.arrayBuffer());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure('file-unreadable', `What was unpacked of “${this.name}” can no longer be read: the browser may have run out of room for it. Free some disk space and open the file again, or unpack it first. (${reason})`);
    }
  }
}
