/**
 * Writes one protobuf message: just the wire types that ONNX files need
 * (https://protobuf.dev/programming-guides/encoding/). Fields come out in the order of the calls.
 */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];

  /** int32, int64, enum. Negative numbers take ten bytes, as the format has it. */
  int(field: number, value: number): this {
    return this.#tag(field, 0).#varint(value);
  }

  float(field: number, value: number): this {
    return this.#tag(field, 5).#raw(littleEndian(Float32Array.of(value)));
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#tag(field, 2).#varint(value.length).#raw(value);
  }

  message(field: number, value: ProtobufWriter): this {
    return this.bytes(field, value.finish());
  }

  /** Repeated integers, packed: parsers take packed and unpacked alike, whatever the schema says. */
  ints(field: number, values: ArrayLike<number>): this {
    let length = 0;
    for (let i = 0; i < values.length; i += 1) length += varintLength(values[i]);
    const packed = new Uint8Array(length);
    let at = 0;
    for (let i = 0; i < values.length; i += 1) at = putVarint(packed, at, values[i]);
    return this.bytes(field, packed);
  }

  floats(field: number, values: Float32Array): this {
    return this.bytes(field, littleEndian(values));
  }

  finish(): Uint8Array {
    const out = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }

  #tag(field: number, wireType: number): this {
    return this.#varint(field * 8 + wireType);
  }

  #varint(value: number): this {
    const out = new Uint8Array(varintLength(value));
    putVarint(out, 0, value);
    return this.#raw(out);
  }

  #raw(part: Uint8Array): this {
    this.#parts.push(part);
    return this;
  }
}

/** The bytes of a typed array. Every machine that runs a browser stores numbers little-endian, as the format does. */
export function littleEndian(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function varintLength(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  if (value < 0) return 10;
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
  return length;
}

function putVarint(out: Uint8Array, at: number, value: number): number {
  if (value < 0) return putNegative(out, at, value);
  let rest = value;
  while (rest >= 128) {
    out[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  out[at++] = rest;
  return at;
}

/** Two's complement in 64 bits. */
function putNegative(out: Uint8Array, at: number, value: number): number {
  let rest = BigInt.asUintN(64, BigInt(value));
  for (let i = 0; i < 9; i += 1) {
    out[at + i] = Number(rest & 127n) | 128;
    rest >>= 7n;
  }
  out[at + 9] = Number(rest);
  return at + 10;
}
