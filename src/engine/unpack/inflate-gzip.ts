import { Gunzip } from 'fflate';
import { Failure } from '../../contract/failure.ts';
import { crc32 } from './crc32.ts';
import { cutShort, damaged } from './damage.ts';
import { inflateNative, skipping } from './inflate-native.ts';
import type { PackedPieces } from './packed-pieces.ts';

/** Packed bytes kept for looking at a member's trailer once the next one has begun. */
const HISTORY_BYTES = 1 << 16;
const MAGIC = [0x1f, 0x8b, 8];
const TRAILER_BYTES = 8;
const NO_BYTES = new Uint8Array(0);

/**
 * gzip (RFC 1952), any number of members after one another. The browser's own inflater takes only one and is not exact at the end of
 * what it can read, so where it gives up, or ends with another length than the file states, an exact one goes on at the byte it had come to.
 */
export async function* inflateGzip(packed: PackedPieces): AsyncGenerator<Uint8Array, void, void> {
  const exact = packed.again();
  let made = 0;
  try {
    for await (const chunk of inflateNative('gzip', packed)) {
      made += chunk.length;
      yield chunk;
    }
    if (made % 2 ** 32 === uint32(await packed.read(packed.size - 4, 4), 0)) return;
  } catch (error) {
    if (error instanceof Failure) throw error;
  }
  yield* skipping(made, new Members(exact).chunks());
}

/** The exact way: member by member, each checked against its trailer (CRC-32 and length). */
class Members {
  private readonly packed: PackedPieces;
  private readonly gunzip: Gunzip;
  private out: Uint8Array[] = [];
  /** Of the member under way. */
  private crc = 0;
  private length = 0;
  private history: Uint8Array = NO_BYTES;
  private wrong = false;

  constructor(packed: PackedPieces) {
    this.packed = packed;
    this.gunzip = new Gunzip((chunk) => {
      if (this.wrong || chunk.length === 0) return;
      this.crc = crc32(this.crc, chunk);
      this.length += chunk.length;
      this.out.push(chunk);
    });
    // Called when the next member has begun, `offset` bytes from the start; its own bytes come after this.
    this.gunzip.onmember = (offset) => {
      const at = offset - TRAILER_BYTES - (this.packed.taken - this.history.length);
      if (at >= 0 && !this.endsAt(at)) this.wrong = true;
      this.crc = 0;
      this.length = 0;
    };
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    const { packed } = this;
    for (let piece = await packed.next(); piece !== null; piece = await packed.next()) {
      this.remember(piece);
      const error = this.push(piece, false);
      yield* this.take();
      if (this.wrong) throw this.unlike();
      if (error !== null) {
        if (this.trailerAt() < 0) throw damaged(packed.name, `what its packed bytes hold near ${packed.taken} of ${packed.size} cannot be unpacked`);
        return await this.checkRest();
      }
    }
    const error = this.push(NO_BYTES, true);
    yield* this.take();
    if (error !== null) throw cutShort(packed.name);
    if (this.trailerAt() >= 0) await this.checkRest();
    else throw this.agreesInPart() ? this.unlike() : cutShort(packed.name);
  }

  private push(piece: Uint8Array, last: boolean): unknown {
    try {
      this.gunzip.push(piece, last);
      return null;
    } catch (error) {
      return error;
    }
  }

  private *take(): Generator<Uint8Array, void, void> {
    const { out } = this;
    this.out = [];
    yield* out;
  }

  /** The bytes after the last trailer: the start of another member, or padding, which is nobody's business (tapes, block devices); others are said. */
  private async checkRest(): Promise<void> {
    let rest: Uint8Array | null = this.history.subarray(this.trailerAt() + TRAILER_BYTES);
    if (rest.length > 0 && MAGIC.every((byte, at) => (rest?.[at] ?? byte) === byte)) throw cutShort(this.packed.name);
    while (rest !== null) {
      if (rest.some((byte) => byte !== 0)) throw damaged(this.packed.name, 'something that is not compressed follows its end');
      rest = await this.packed.next();
    }
  }

  private unlike(): Failure {
    return damaged(this.packed.name, 'what came out of it does not agree with its checksum, so some lines may be wrong');
  }

  /** The last bytes are a trailer that is right in one of its two parts: not one that is cut, but one of other contents. */
  private agreesInPart(): boolean {
    const expected = this.trailer();
    const last = this.history.subarray(-TRAILER_BYTES);
    return uint32(last, 0) === uint32(expected, 0) || uint32(last, 4) === uint32(expected, 4);
  }

  private trailer(): Uint8Array {
    const bytes = new Uint8Array(TRAILER_BYTES);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, this.crc, true);
    view.setUint32(4, this.length % 2 ** 32, true);
    return bytes;
  }

  private endsAt(at: number): boolean {
    return this.trailer().every((byte, i) => this.history[at + i] === byte);
  }

  /** Where the trailer of the member under way stands in what is remembered; -1 if nowhere. */
  private trailerAt(): number {
    for (let at = this.history.length - TRAILER_BYTES; at >= 0; at--) if (this.endsAt(at)) return at;
    return -1;
  }

  private remember(piece: Uint8Array): void {
    const kept = this.history.subarray(Math.max(0, this.history.length - HISTORY_BYTES));
    const joined = new Uint8Array(kept.length + piece.length);
    joined.set(kept);
    joined.set(piece, kept.length);
    this.history = joined;
  }
}

function uint32(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}
