/** Runs shorter than this are copied sooner by a loop than by a call. */
const SHORT_RUN = 96;

/** A growing buffer of output bytes. */
export class ByteSink {
  private bytes: Uint8Array<ArrayBuffer>;
  private length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(Math.max(64, capacity));
  }

  /** Bytes written so far. */
  get size(): number {
    return this.length;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Appends from[start, end). */
  copy(from: Uint8Array, start: number, end: number): void {
    const count = end - start;
    if (this.length + count > this.bytes.length) this.reserve(count);
    const { bytes } = this;
    if (count > SHORT_RUN) bytes.set(from.subarray(start, end), this.length);
    else for (let i = 0; i < count; i++) bytes[this.length + i] = from[start + i];
    this.length += count;
  }

  all(from: Uint8Array): void {
    this.copy(from, 0, from.length);
  }

  /** Hands over what was written; the sink must not be used again. */
  take(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(more: number): void {
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    bytes.set(this.bytes.subarray(0, this.length));
    this.bytes = bytes;
  }
}
