import type { Dialect, Encoding, Packing } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import type { SniffAsk } from '../../contract/reader-api.ts';
import { CR, LF } from '../read/ascii.ts';
import { SNIFF_BYTES } from '../read/sniff.ts';
import { refuseKnown, refuseUnreadable } from '../read/sniff-binary.ts';
import { FileSource } from '../scan/byte-source.ts';
import type { ByteSource } from '../scan/byte-source.ts';
import { encodingOf, MAGIC_BYTES, packingOf } from './detect.ts';
import { inflateGzip } from './inflate-gzip.ts';
import { inflateZip, stored, zipPieces } from './inflate-zip.ts';
import { inflateZstd } from './inflate-zstd.ts';
import { UNPACK_LIMITS } from './limits.ts';
import type { UnpackLimits } from './limits.ts';
import { FETCH_BYTES, PackedPieces } from './packed-pieces.ts';
import { Transcoder } from './transcoder.ts';
import { UnpackedSource } from './unpacked-source.ts';
import { zipDirectory } from './zip-directory.ts';
import type { ZipEntry } from './zip-directory.ts';
import { zipMembers } from './zip-members.ts';

/** Of a file whose first line is longer than SNIFF_BYTES, so many bytes are looked at to get past it. */
const LONG_HEAD_BYTES = 1 << 24;
/** Where a tar archive says that it is one (POSIX.1-2017, pax, "ustar Interchange Format"). */
const TAR_MARK_AT = 257;
const TAR_MARK = 'ustar';
const PACKED_ENDING = /\.(gz|gzip|zst|zstd)$/i;

/** How the bytes of a file become plain UTF-8. */
export type Wrapping = Pick<Dialect, 'packing' | 'member' | 'encoding'>;

/** The first part of a file as readers see it. */
export interface Head extends Wrapping {
  readonly bytes: Uint8Array;
  /** There is no more. */
  readonly whole: boolean;
  /** What the log in it is called, for its ending and for what is said about it. */
  readonly name: string;
}

export interface PackedFilesOptions {
  readonly limits?: UnpackLimits;
  /** Packed bytes that are unpacked at a time. */
  readonly piece?: number;
}

/** Opens files whatever they are packed and encoded with. */
export class PackedFiles {
  private readonly limits: UnpackLimits;
  private readonly piece: number | undefined;
  /** The archive that was looked at last: each of its files is asked for on its own. */
  private archive: { readonly key: string; readonly entries: Promise<readonly ZipEntry[]> } | null = null;

  constructor(options: PackedFilesOptions = {}) {
    this.limits = options.limits ?? UNPACK_LIMITS;
    this.piece = options.piece;
  }

  /** Paths of the files in an archive; [''] of any other file. @throws Failure 'file-unreadable' | 'file-binary' | 'file-empty' */
  async members(file: File): Promise<readonly string[]> {
    return (await packingOfFile(file)) === 'zip' ? (await this.entries(file)).map(({ path }) => path) : [''];
  }

  /** @throws Failure 'file-unreadable' | 'file-changed' | 'file-binary' | 'file-empty' */
  async head(file: File, ask: SniffAsk): Promise<Head> {
    const packing = await packingOfFile(file);
    const member = packing === 'zip' ? (ask.member ?? (await this.entries(file))[0].path) : '';
    const plain = new FileSource(file);
    const source = packing === 'none' ? null : await this.unpacked(file, { packing, member, encoding: 'utf-8' });
    // What is said of the file names it as it was dropped.
    const dropped = source?.name ?? plain.name;
    const name = source === null ? dropped : dropped.replace(PACKED_ENDING, '');
    let encoding: Encoding | undefined;
    for (let length = SNIFF_BYTES; ; length *= 4) {
      const bytes = source === null ? await plain.read(0, length) : await source.head(length);
      const whole = source === null ? bytes.length === plain.size : source.ended && bytes.length === source.size;
      refuseTar(bytes, dropped);
      refuseKnown(bytes, dropped);
      encoding ??= ask.encoding ?? encodingOf(bytes);
      // Of programs and pictures, control codes are a smaller share of the bytes once the others have become two or three each.
      if (encoding === 'windows-1252') refuseUnreadable(bytes, whole, dropped);
      const text = asUtf8(bytes, encoding, whole);
      if (whole || bytes.length >= LONG_HEAD_BYTES || text.includes(LF) || text.includes(CR)) return { packing, member, encoding, bytes: text, whole, name };
    }
  }

  /**
   * The bytes of a file as readers see them. `before`: its source in an earlier run, used again where it is of the same file, unpacked alike.
   * @throws Failure 'file-unreadable'
   */
  async open(file: File, wrapping: Wrapping, before: ByteSource | null = null): Promise<ByteSource> {
    if (wrapping.packing === 'none' && wrapping.encoding === 'utf-8') return new FileSource(file);
    if (before instanceof UnpackedSource && before.key === keyOf(file, wrapping)) return before;
    return this.unpacked(file, wrapping);
  }

  private async unpacked(file: File, wrapping: Wrapping): Promise<UnpackedSource> {
    const { packing, member, encoding } = wrapping;
    const options = { encoding, limits: this.limits, key: keyOf(file, wrapping) };
    if (packing !== 'zip') {
      const unpack = { none: stored, gzip: inflateGzip, zstd: inflateZstd }[packing];
      // What is only encoded grows threefold at most: nothing keeps it from being taken in large pieces.
      const piece = this.piece ?? (packing === 'none' ? FETCH_BYTES : undefined);
      return new UnpackedSource(new PackedPieces(file, nameOf(file), piece), unpack, options);
    }
    const entry = (await this.entries(file)).find(({ path }) => path === member);
    if (entry === undefined) throw new Failure('file-unreadable', `There is no file “${member}” in “${nameOf(file)}”.`);
    return new UnpackedSource(await zipPieces(file, entry, `${nameOf(file)}/${member}`, this.piece), inflateZip(entry), options);
  }

  private async entries(file: File): Promise<readonly ZipEntry[]> {
    const key = keyOf(file, null);
    if (this.archive?.key !== key) {
      const entries = zipDirectory(file, nameOf(file)).then((all) => zipMembers(all, nameOf(file), file.size));
      const archive = { key, entries };
      this.archive = archive;
      entries.catch(() => {
        if (this.archive === archive) this.archive = null;
      });
    }
    return this.archive.entries;
  }
}

/** Tells files and how they are unpacked apart; the `File` itself is another object in each message. */
function keyOf(file: File, wrapping: Wrapping | null): string {
  return JSON.stringify([file.name, file.size, file.lastModified, wrapping?.packing, wrapping?.member, wrapping?.encoding]);
}

/** Text that was pasted has none. */
function nameOf(file: File): string {
  return new FileSource(file).name;
}

async function packingOfFile(file: File): Promise<Packing> {
  return packingOf(await new FileSource(file).read(0, MAGIC_BYTES));
}

function asUtf8(bytes: Uint8Array, encoding: Encoding, whole: boolean): Uint8Array {
  if (encoding === 'utf-8') return bytes;
  const transcoder = new Transcoder(encoding);
  const text = transcoder.push(bytes).slice();
  const rest = whole ? transcoder.end() : new Uint8Array(0);
  const all = new Uint8Array(text.length + rest.length);
  all.set(text);
  all.set(rest, text.length);
  return all;
}

function refuseTar(head: Uint8Array, name: string): void {
  for (let at = 0; at < TAR_MARK.length; at++) if (head[TAR_MARK_AT + at] !== TAR_MARK.charCodeAt(at)) return;
  throw new Failure('file-binary', `${name} holds a tar archive, not a text file. Unpack it (tar -xf NAME) and drop the logs that were in it.`);
}
