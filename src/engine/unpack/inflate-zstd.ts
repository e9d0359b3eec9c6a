import { Decompress } from 'fzstd';
import { createXXHash64 } from 'hash-wasm';
import type { IHasher } from 'hash-wasm';
import { joinedBytes } from '../scan/joined-bytes.ts';
import { cutShort, damaged, refused } from './damage.ts';
import { MAX_WINDOW } from './limits.ts';
import type { PackedPieces } from './packed-pieces.ts';
import { zstdFrame } from './zstd-frame.ts';
import type { ZstdFrame } from './zstd-frame.ts';

/** A block unpacks to no more (RFC 8878, section 3.1.1.2.4), and is then never larger packed. */
const MAX_BLOCK = 1 << 17;
const BLOCK_HEADER = 3;
const RLE = 1;
const NO_BYTES = new Uint8Array(0);

/**
 * zstd (RFC 8878): any number of frames, skippable ones left out. Frames are taken apart here, block by block, since the
 * decoder reserves whatever window a frame asks for, calls itself once a frame, and leaves the checksum unread.
 */
export async function* inflateZstd(packed: PackedPieces): AsyncGenerator<Uint8Array, void, void> {
  const cutter = new Cutter(packed);
  const hash = await createXXHash64();
  while (await cutter.has(1)) {
    const frame = await headerOf(cutter);
    if (frame.skippable) await cutter.skip(frame.length);
    else yield* blocksOf(cutter, frame, hash);
  }
}

async function headerOf(cutter: Cutter): Promise<ZstdFrame> {
  const { name } = cutter.packed;
  let frame = zstdFrame(cutter.bytes);
  while (frame === null) {
    if (!(await cutter.has(cutter.bytes.length + 1))) throw cutShort(name);
    frame = zstdFrame(cutter.bytes);
  }
  if (frame === 'none') throw damaged(name, 'something that is not compressed with zstd stands in it');
  if (frame.dictionary) throw refused(name, 'was compressed with a zstd dictionary, without which it cannot be unpacked here. Unpack it where the dictionary is (zstd -d -D DICTIONARY), and drop the result.');
  if (frame.window > MAX_WINDOW) throw refused(name, `needs ${Math.ceil(frame.window / 2 ** 20)} MB of memory to be unpacked; up to ${MAX_WINDOW >> 20} MB are given. Unpack it first (zstd -d --long=31 NAME), and drop the result.`);
  return frame;
}

async function* blocksOf(cutter: Cutter, frame: ZstdFrame, hash: IHasher): AsyncGenerator<Uint8Array, void, void> {
  const { name } = cutter.packed;
  let out: Uint8Array[] = [];
  const decoder = new Decompress((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  hash.init();
  let before = await cutter.take(frame.length);
  for (let last = false; !last; ) {
    const header = await cutter.peek(BLOCK_HEADER);
    const bits = header[0] | (header[1] << 8) | (header[2] << 16);
    last = (bits & 1) !== 0;
    const kind = (bits >> 1) & 3;
    const size = bits >> 3;
    if (size > MAX_BLOCK) throw damaged(name, 'a block of it is larger than blocks can be');
    const block = await cutter.take(BLOCK_HEADER + (kind === RLE ? 1 : size));
    const end = last && frame.checksum ? await cutter.peek(4) : NO_BYTES;
    try {
      decoder.push(joinedBytes([before, block, end]), last);
    } catch {
      throw damaged(name, `what its packed bytes hold near ${cutter.packed.taken} of ${cutter.packed.size} cannot be unpacked`);
    }
    before = NO_BYTES;
    const chunks = out;
    out = [];
    for (const chunk of chunks) {
      if (frame.checksum) hash.update(chunk);
      yield chunk;
    }
  }
  if (!frame.checksum) return;
  const stated = (await cutter.take(4)).toReversed();
  if (!hash.digest('binary').subarray(-4).every((byte, at) => byte === stated[at])) throw damaged(name, 'what came out of it does not agree with its checksum, so some lines may be wrong');
}

/** Cuts the packed bytes as they are asked for. */
class Cutter {
  readonly packed: PackedPieces;
  /** Fetched and not yet taken. */
  bytes: Uint8Array = NO_BYTES;

  constructor(packed: PackedPieces) {
    this.packed = packed;
  }

  /** Fetches until there are so many bytes; false where the file ends before. */
  async has(length: number): Promise<boolean> {
    while (this.bytes.length < length) {
      const piece = await this.packed.next();
      if (piece === null) return false;
      this.bytes = this.bytes.length === 0 ? piece : joinedBytes([this.bytes, piece]);
    }
    return true;
  }

  /** @throws Failure where the file ends before */
  async peek(length: number): Promise<Uint8Array> {
    if (!(await this.has(length))) throw cutShort(this.packed.name);
    return this.bytes.subarray(0, length);
  }

  /** @throws Failure where the file ends before */
  async take(length: number): Promise<Uint8Array> {
    const taken = await this.peek(length);
    this.bytes = this.bytes.subarray(length);
    return taken;
  }

  /** Leaves bytes out, however many. @throws Failure where the file ends before */
  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      await this.peek(1);
      const some = Math.min(left, this.bytes.length);
      this.bytes = this.bytes.subarray(some);
      left -= some;
    }
  }
}
