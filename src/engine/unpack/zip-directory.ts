import { Failure } from '../../contract/failure.ts';
import { FileSource } from '../scan/byte-source.ts';

/** A file in a ZIP archive, as the archive's directory tells (APPNOTE.TXT 6.3.10, section 4.3.12). */
export interface ZipEntry {
  readonly path: string;
  /** 0 stored, 8 deflate, 93 zstd; others cannot be unpacked. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly packedSize: number;
  readonly size: number;
  readonly crc: number;
  /** Where its local header stands. */
  readonly at: number;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** A comment of the greatest length may follow the end record, and a zip64 locator stands before it. */
const TAIL_BYTES = END_BYTES + 0xffff + 20;
/** A directory is read into memory whole; this is one of about half a million files. */
const MAX_DIRECTORY = 1 << 26;
const FULL = 0xffffffff;
const UTF8_FLAG = 0x800;

/** All entries of an archive but its folders, in the directory's order. @throws Failure 'file-unreadable' */
export async function zipDirectory(file: Blob, name: string): Promise<readonly ZipEntry[]> {
  const source = new FileSource(Object.assign(file.slice(), { name }));
  const tailAt = Math.max(0, file.size - TAIL_BYTES);
  const tail = await source.read(tailAt, TAIL_BYTES);
  const { at, bytes, before } = await endRecord(source, tail, tailAt, name);
  if (bytes > MAX_DIRECTORY) throw unusable(name, 'its list of files is too large. Unpack it, and drop the logs.');
  const directory = await source.read(at + before, bytes);
  const entries: ZipEntry[] = [];
  for (let p = 0; p + ENTRY_BYTES <= directory.length; ) {
    const view = viewOf(directory, p);
    if (view.getUint32(0, true) !== ENTRY) throw unusable(name, 'its list of files is damaged. Get it again.');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(field, true));
    const extra = directory.subarray(p + ENTRY_BYTES + nameBytes, p + ENTRY_BYTES + nameBytes + extraBytes);
    const path = pathOf(directory.subarray(p + ENTRY_BYTES, p + ENTRY_BYTES + nameBytes), (view.getUint16(8, true) & UTF8_FLAG) !== 0);
    if (!path.endsWith('/')) entries.push(entryOf(view, extra, path, before));
    p += ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

interface Directory {
  readonly at: number;
  readonly bytes: number;
  /** Bytes before the archive proper, as of one that unpacks itself: all its offsets are off by them. */
  readonly before: number;
}

async function endRecord(source: FileSource, tail: Uint8Array, tailAt: number, name: string): Promise<Directory> {
  let p = tail.length - END_BYTES;
  while (p >= 0 && viewOf(tail, p).getUint32(0, true) !== END) p--;
  if (p < 0) throw unusable(name, 'its list of files, which stands at its end, is missing: probably its download or copy was cut short. Get it again.');
  const view = viewOf(tail, p);
  if (view.getUint16(4, true) !== view.getUint16(6, true)) throw unusable(name, 'it is one part of several. Put them together, unpack them, and drop the logs.');
  const bytes = view.getUint32(12, true);
  const at = view.getUint32(16, true);
  const locator = p - 20;
  if (locator >= 0 && viewOf(tail, locator).getUint32(0, true) === END64_LOCATOR) {
    const record = await source.read(number64(viewOf(tail, locator), 8), 56);
    if (record.length < 56 || viewOf(record, 0).getUint32(0, true) !== END64) throw unusable(name, 'its list of files is damaged. Get it again.');
    return { bytes: number64(viewOf(record, 0), 40), at: number64(viewOf(record, 0), 48), before: 0 };
  }
  const before = tailAt + p - bytes - at;
  if (before < 0) throw unusable(name, 'its list of files is damaged. Get it again.');
  return { bytes, at, before };
}

function entryOf(view: DataView, extra: Uint8Array, path: string, before: number): ZipEntry {
  const flags = view.getUint16(8, true);
  // Of these three, those that do not fit stand in a zip64 field instead, in this order (4.5.3).
  const numbers = [view.getUint32(24, true), view.getUint32(20, true), view.getUint32(42, true)];
  for (let p = 0; p + 4 <= extra.length; ) {
    const field = viewOf(extra, p);
    const length = field.getUint16(2, true);
    if (field.getUint16(0, true) === 1) {
      let q = 4;
      for (let at = 0; at < numbers.length; at++) {
        if (numbers[at] !== FULL || q + 8 > Math.min(4 + length, field.byteLength)) continue;
        numbers[at] = number64(field, q);
        q += 8;
      }
    }
    p += 4 + length;
  }
  const [size, packedSize, at] = numbers;
  return { path, method: view.getUint16(10, true), encrypted: (flags & 1) !== 0, packedSize, size, crc: view.getUint32(16, true), at: at + before };
}

/** Old archives name no encoding for their paths; Latin letters of most come out right so. */
function pathOf(bytes: Uint8Array, utf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !utf8, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function viewOf(bytes: Uint8Array, at: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
}

function number64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

function unusable(name: string, why: string): Failure {
  return new Failure('file-unreadable', `“${name}” is a ZIP archive that cannot be opened: ${why}`);
}
