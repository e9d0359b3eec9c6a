/** The bytes are no protobuf message of the kind looked for: cut short, or something else altogether. */
export class MalformedFile extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'MalformedFile';
  }
}

const TEXT = new TextDecoder('utf-8', { fatal: true });
const LARGEST_FIELD = 536_870_911;

/**
 * Walks over the fields of one protobuf message (https://protobuf.dev/programming-guides/encoding/), without allocating
 * per field. Every read is checked against the end of the message, and every step moves forward: no input makes it hang.
 *
 *     for (const r = new ProtobufReader(bytes); r.next();) if (r.field === 2) name = r.text();
 */
export class ProtobufReader {
  /** Number of the field that `next` has found. */
  field = 0;
  private wire = 0;
  private at: number;
  private readonly end: number;
  private readonly bytes: Uint8Array;
  /** Of the field found: its value if it is a number, else where its bytes lie. */
  private number = 0;
  private from = 0;
  private to = 0;

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Goes to the next field; false at the end of the message. @throws MalformedFile */
  next(): boolean {
    if (this.at >= this.end) return false;
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.wire = tag % 8;
    if (this.field < 1 || this.field > LARGEST_FIELD) throw new MalformedFile(`field ${this.field}`);
    if (this.wire === 0) this.number = this.varint();
    else if (this.wire === 2) this.span(this.varint());
    else if (this.wire === 5) this.span(4);
    else if (this.wire === 1) this.span(8);
    else throw new MalformedFile(`wire type ${this.wire}`);
    return true;
  }

  /** The field as a whole number; beyond 2^53 as near as a double comes. */
  int(): number {
    if (this.wire !== 0) throw new MalformedFile(`field ${this.field} is no number`);
    return this.number;
  }

  /** Length of the field in bytes. */
  get length(): number {
    return this.to - this.from;
  }

  /** The field's bytes, not copied. */
  view(): Uint8Array {
    this.needBytes();
    return this.bytes.subarray(this.from, this.to);
  }

  text(): string {
    try {
      return TEXT.decode(this.view());
    } catch {
      throw new MalformedFile(`field ${this.field} is no text`);
    }
  }

  /** The field as a message of its own. */
  message(): ProtobufReader {
    this.needBytes();
    return new ProtobufReader(this.bytes, this.from, this.to);
  }

  /** Appends the field's numbers: one, or many that are packed. @throws MalformedFile where `into` would grow beyond `most` */
  ints(into: number[], most: number): void {
    if (this.wire === 0) into.push(this.number);
    else for (const packed = this.message(); packed.at < packed.end && into.length <= most;) into.push(packed.varint());
    if (into.length > most) throw new MalformedFile(`more than ${most} numbers`);
  }

  private needBytes(): void {
    if (this.wire !== 2) throw new MalformedFile(`field ${this.field} is no text, list or message`);
  }

  private span(length: number): void {
    if (!(length >= 0 && length <= this.end - this.at)) throw new MalformedFile('cut short');
    this.from = this.at;
    this.to = this.at + length;
    this.at = this.to;
    this.number = NaN;
  }

  /** At most ten bytes of seven bits; a number with the 64th bit set is negative. */
  private varint(): number {
    // In three parts, so that small negative numbers stay exact.
    let [low, middle, high] = [0, 0, 0];
    for (let i = 0; ; i += 1) {
      if (i === 10 || this.at >= this.end) throw new MalformedFile(i === 10 ? 'a number without end' : 'cut short');
      const byte = this.bytes[this.at++];
      if (i < 4) low += (byte & 127) * 2 ** (7 * i);
      else if (i < 8) middle += (byte & 127) * 2 ** (7 * (i - 4));
      else high += (byte & (i === 8 ? 127 : 1)) * 2 ** (7 * (i - 8));
      if (byte < 128) break;
    }
    if (high < 128) return high * 2 ** 56 + middle * 2 ** 28 + low;
    return -((255 - high) * 2 ** 56 + (2 ** 28 - 1 - middle) * 2 ** 28 + (2 ** 28 - low));
  }
}
