import { FileSource } from '../scan/byte-source.ts';
import { Failure } from '../../contract/failure.ts';

/** Bytes fetched from the file at a time. */
export const FETCH_BYTES = 1 << 20;
/** Bytes handed to an unpacker at a time: deflate makes at most 1,032 bytes of one, so what comes out at once stays below 70 MB. */
export const PIECE_BYTES = 1 << 16;

/** The packed bytes of a file, or of a part of it, in order. */
export class PackedPieces {
  readonly name: string;
  /** Bytes in all. */
  readonly size: number;
  /** Bytes handed out so far. */
  taken = 0;
  /** The furthest that these bytes were gone through, also `again`. */
  readonly progress: { bytes: number };
  private readonly source: FileSource;
  private readonly blob: Blob;
  private readonly piece: number;
  private block = new Uint8Array(0);
  private at = 0;

  constructor(blob: Blob, name: string, piece = PIECE_BYTES, progress = { bytes: 0 }) {
    this.blob = blob;
    this.name = name;
    this.size = blob.size;
    this.piece = piece;
    this.progress = progress;
    this.source = new FileSource(Object.assign(blob.slice(), { name }));
  }

  /** The next bytes, at most `piece`; null at the end. The caller may keep them. @throws Failure 'file-unreadable' | 'file-changed' */
  async next(): Promise<Uint8Array<ArrayBuffer> | null> {
    if (this.taken >= this.size) return null;
    if (this.at >= this.block.length) {
      this.block = new Uint8Array(await this.read(this.taken, FETCH_BYTES));
      this.at = 0;
      if (this.block.length === 0) throw new Failure('file-changed', `“${this.name}” became shorter while it was read (${this.taken} of ${this.size} bytes). Open it again when nothing writes to it.`);
    }
    const piece = this.block.subarray(this.at, this.at + this.piece);
    this.at += piece.length;
    this.taken += piece.length;
    this.progress.bytes = Math.max(this.progress.bytes, this.taken);
    return piece;
  }

  /** Bytes at any offset. @throws Failure 'file-unreadable' */
  read(offset: number, length: number): Promise<Uint8Array> {
    return this.source.read(offset, length);
  }

  /** The same bytes from their start. */
  again(): PackedPieces {
    return new PackedPieces(this.blob, this.name, this.piece, this.progress);
  }
}

/** Turns packed pieces into plain bytes, in order. Throws `EarlyEnd` after the last that could be had. */
export type Unpack = (packed: PackedPieces) => AsyncGenerator<Uint8Array, void, void>;
