/** Header of a zstd frame (RFC 8878, section 3.1.1). */
export interface ZstdFrame {
  /** Bytes of the header itself; of a skippable frame of all of it. */
  readonly length: number;
  readonly skippable: boolean;
  /** Bytes of unpacked text that must be kept at hand. */
  readonly window: number;
  /** 4 bytes of the text's XXH64 follow the last block. */
  readonly checksum: boolean;
  readonly dictionary: boolean;
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;

export function isZstdMagic(magic: number): boolean {
  return magic === MAGIC || isSkippable(magic);
}

function isSkippable(magic: number): boolean {
  return (magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC;
}

/** What stands at the start of `bytes`: null where more of it is needed, 'none' where it is no frame. */
export function zstdFrame(bytes: Uint8Array): ZstdFrame | 'none' | null {
  if (bytes.length < 5) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = view.getUint32(0, true);
  if (isSkippable(magic)) {
    return bytes.length < 8 ? null : { length: 8 + view.getUint32(4, true), skippable: true, window: 0, checksum: false, dictionary: false };
  }
  if (magic !== MAGIC) return 'none';
  const flags = bytes[4];
  const single = (flags & 0x20) !== 0;
  const sizeCode = flags >> 6;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3];
  const sizeBytes = sizeCode === 0 ? (single ? 1 : 0) : 1 << sizeCode;
  const sizeAt = 5 + (single ? 0 : 1) + dictionaryBytes;
  const length = sizeAt + sizeBytes;
  if (bytes.length < length) return null;
  let window = 0;
  if (!single) {
    const base = 2 ** (10 + (bytes[5] >> 3));
    window = base + (base / 8) * (bytes[5] & 7);
  } else {
    for (let at = sizeBytes - 1; at >= 0; at--) window = window * 256 + bytes[sizeAt + at];
    if (sizeCode === 1) window += 256;
  }
  const dictionary = bytes.subarray(sizeAt - dictionaryBytes, sizeAt).some((byte) => byte !== 0);
  return { length, skippable: false, window, checksum: (flags & 4) !== 0, dictionary };
}
