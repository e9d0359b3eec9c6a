import { Failure } from '../../contract/failure.ts';

/** Bytes read at a time: headers have from one to some tens of megabytes, nearly all of it vocabulary. */
const WINDOW = 1 << 20;
/** No header of a real model is near it. */
const MAX_HEADER = 256 << 20;
/** The longest text that is kept: chat templates have some ten thousand. */
const MAX_TEXT = 1 << 20;

/** Reads the little-endian values of a GGUF header one after another, in pieces. Whatever would go past the end of the file is refused. */
export class GgufCursor {
  /** Bytes from the start of the file. */
  at = 0;
  private readonly file: Blob;
  private readonly name: string;
  private window = new Uint8Array(0);
  private view = new DataView(this.window.buffer);
  /** Where the window begins in the file. */
  private from = 0;

  /** @param name said in messages */
  constructor(file: Blob, name: string) {
    this.file = file;
    this.name = name;
  }

  async ascii(bytes: number): Promise<string> {
    const at = await this.take(bytes);
    return String.fromCharCode(...this.window.subarray(at, at + bytes));
  }

  async u32(): Promise<number> {
    return this.view.getUint32(await this.take(4), true);
  }

  /** An unsigned 64-bit integer. @throws Failure where it is above `most` */
  async size(most = Number.MAX_SAFE_INTEGER, of = ''): Promise<number> {
    const at = await this.take(8);
    const value = this.view.getUint32(at + 4, true) * 2 ** 32 + this.view.getUint32(at, true);
    if (value > most) throw this.broken(of === '' ? '' : `it claims ${value} ${of}`);
    return value;
  }

  /** Length of an array. @param width least bytes of an element @throws Failure where the file is too short for it */
  async count(width: number): Promise<number> {
    const length = await this.size();
    if (length * width > this.file.size - this.at) throw this.short();
    return length;
  }

  /** A number by its type in GGUF; 64-bit ones as near as a number comes. */
  async number(type: number, width: number): Promise<number | boolean> {
    const at = await this.take(width);
    const { view } = this;
    switch (type) {
      case 0: return view.getUint8(at);
      case 1: return view.getInt8(at);
      case 2: return view.getUint16(at, true);
      case 3: return view.getInt16(at, true);
      case 4: return view.getUint32(at, true);
      case 5: return view.getInt32(at, true);
      case 6: return view.getFloat32(at, true);
      case 7: return view.getUint8(at) !== 0;
      case 10: return Number(view.getBigUint64(at, true));
      case 11: return Number(view.getBigInt64(at, true));
      default: return view.getFloat64(at, true);
    }
  }

  /** A text; of one that is too long to be kept, '' where that is no fault. @throws Failure above `most` bytes, where given */
  async text(most = Infinity): Promise<string> {
    const bytes = await this.size();
    if (bytes > most) throw this.broken();
    if (bytes > MAX_TEXT) {
      await this.skip(bytes);
      return '';
    }
    const at = await this.take(bytes);
    return new TextDecoder().decode(this.window.subarray(at, at + bytes));
  }

  async skipText(): Promise<void> {
    await this.skip(await this.size());
  }

  /** Goes on without reading. */
  async skip(bytes: number): Promise<void> {
    if (bytes > this.file.size - this.at) throw this.short();
    this.at += bytes;
    if (this.at > MAX_HEADER) throw this.broken('its header is too long');
  }

  broken(why = ''): Failure {
    return new Failure('llm-refused', `${this.name} is damaged: its header makes no sense${why === '' ? '' : ` (${why})`}. Get the file again.`);
  }

  private short(): Failure {
    return new Failure('llm-refused', `${this.name} is cut short or damaged: it ends within its own header. Get the file again.`);
  }

  /** Makes bytes available and goes past them. @returns where they are in the window */
  private async take(bytes: number): Promise<number> {
    const start = this.at;
    await this.skip(bytes);
    if (start < this.from || this.at > this.from + this.window.length) {
      this.window = new Uint8Array(await this.file.slice(start, start + Math.max(WINDOW, bytes)).arrayBuffer());
      this.view = new DataView(this.window.buffer);
      this.from = start;
      if (this.window.length < bytes) throw this.short();
    }
    return start - this.from;
  }
}
