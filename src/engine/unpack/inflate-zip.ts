import { Inflate } from 'fflate';
import { Failure } from '../../contract/failure.ts';
import { crc32 } from './crc32.ts';
import { cutShort, damaged } from './damage.ts';
import { inflateNative, skipping } from './inflate-native.ts';
import { inflateZstd } from './inflate-zstd.ts';
import { PackedPieces } from './packed-pieces.ts';
import type { Unpack } from './packed-pieces.ts';
import type { ZipEntry } from './zip-directory.ts';

const LOCAL_HEADER = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ZSTD = 93;
/** What else archivers write, so that it can be named. */
const METHODS: Readonly<Record<number, string>> = { 9: 'Deflate64', 12: 'bzip2', 14: 'LZMA', 95: 'xz', 98: 'PPMd', 99: 'encryption' };
const NO_BYTES = new Uint8Array(0);

/** The packed bytes of a file in an archive. @throws Failure 'file-unreadable' */
export async function zipPieces(file: Blob, entry: ZipEntry, name: string, piece?: number): Promise<PackedPieces> {
  if (entry.encrypted || entry.method === 99) throw new Failure('file-unreadable', `“${name}” is encrypted. Unpack the archive with its password, and drop the log.`);
  if (![STORED, DEFLATED, ZSTD].includes(entry.method)) {
    throw new Failure('file-unreadable', `“${name}” is compressed in a way that cannot be unpacked here (${METHODS[entry.method] ?? `method ${entry.method}`}). Unpack the archive, and drop the log.`);
  }
  const header = await new PackedPieces(file, name).read(entry.at, LOCAL_BYTES);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  if (header.length < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL_HEADER) throw damaged(name, 'it does not stand where its archive says');
  const start = entry.at + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  return new PackedPieces(file.slice(start, start + entry.packedSize), name, piece);
}

/** Unpacks a file of an archive and checks it against its CRC-32. */
export function inflateZip(entry: ZipEntry): Unpack {
  return async function* (packed) {
    if (packed.size < entry.packedSize) throw cutShort(packed.name);
    let crc = 0;
    let made = 0;
    for await (const chunk of unpackBy(entry.method)(packed)) {
      made += chunk.length;
      if (made > entry.size) throw damaged(packed.name, 'it unpacks to more than its archive says');
      crc = crc32(crc, chunk);
      yield chunk;
    }
    if (crc !== entry.crc) throw damaged(packed.name, 'what came out of it does not agree with its checksum, so some lines may be wrong');
  };
}

function unpackBy(method: number): Unpack {
  if (method === STORED) return stored;
  return method === ZSTD ? inflateZstd : inflateRaw;
}

/** Bytes as they are. */
export async function* stored(packed: PackedPieces): AsyncGenerator<Uint8Array, void, void> {
  for (let piece = await packed.next(); piece !== null; piece = await packed.next()) yield piece;
}

/** Deflate without a frame (RFC 1951); the exact way where the browser's own gives up. */
async function* inflateRaw(packed: PackedPieces): AsyncGenerator<Uint8Array, void, void> {
  const exact = packed.again();
  let made = 0;
  try {
    for await (const chunk of inflateNative('deflate-raw', packed)) {
      made += chunk.length;
      yield chunk;
    }
    return;
  } catch (error) {
    if (error instanceof Failure) throw error;
  }
  yield* skipping(made, inflateExactly(exact));
}

async function* inflateExactly(packed: PackedPieces): AsyncGenerator<Uint8Array, void, void> {
  let out: Uint8Array[] = [];
  const inflate = new Inflate((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  for (let last = false; !last; ) {
    const piece = await packed.next();
    last = piece === null;
    let failed = false;
    try {
      inflate.push(piece ?? NO_BYTES, last);
    } catch {
      failed = true;
    }
    yield* out;
    out = [];
    if (failed) throw last ? cutShort(packed.name) : damaged(packed.name, `what its packed bytes hold near ${packed.taken} of ${packed.size} cannot be unpacked`);
  }
}
