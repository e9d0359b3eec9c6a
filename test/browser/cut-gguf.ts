import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { blockOf } from '../../src/engine/llm/gguf-types.ts';
import { ROOT } from './built-site.ts';

const ALIGNMENT = 32;
const STRING = 8, ARRAY = 9;
/** Bytes of a number by its type. */
const NUMBER_BYTES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

interface Tensor {
  readonly name: string;
  /** As it stands in the list, without its offset. */
  readonly entry: Buffer;
  readonly weights: Buffer;
}

/** Reads a GGUF (specification: ggml, docs/gguf.md, version 3) of which it is known that it is whole. */
class Reader {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  u32(): number {
    return this.bytes.readUInt32LE((this.at += 4) - 4);
  }

  u64(): number {
    return Number(this.bytes.readBigUInt64LE((this.at += 8) - 8));
  }

  text(): string {
    const length = this.u64();
    return this.bytes.toString('utf8', this.at, (this.at += length));
  }

  skip(type: number): void {
    if (type === STRING) this.text();
    else if (type === ARRAY) for (let inner = this.u32(), left = this.u64(); left > 0; left--) this.skip(inner);
    else this.at += NUMBER_BYTES[type] ?? NaN;
  }
}

/**
 * Writes a language model's first layers as a model of its own, of which a test needs no sense: it loads and answers as the whole one
 * does, in a fraction of the time. Returns its path, in the folder that git ignores.
 */
export function cutGguf(path: string, layers: number): string {
  const reader = new Reader(readFileSync(path));
  reader.at = 8;
  const count = reader.u64();
  const entries = Array.from({ length: reader.u64() }, () => entryOf(reader, layers));
  const tensors = tensorsOf(reader, count).filter(({ name }) => Number(/^blk\.(\d+)\./.exec(name)?.[1] ?? 0) < layers);
  const head = Buffer.alloc(24);
  head.write('GGUF');
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(BigInt(tensors.length), 8);
  head.writeBigUInt64LE(BigInt(entries.length), 16);
  let offset = 0;
  const list = tensors.map(({ entry, weights }) => {
    const place = Buffer.alloc(8);
    place.writeBigUInt64LE(BigInt(offset));
    offset += weights.length;
    return Buffer.concat([entry, place]);
  });
  const folder = join(ROOT, '.cache', 'llm');
  mkdirSync(folder, { recursive: true });
  const to = join(folder, basename(path).replace(/\.gguf$/, `.first-${layers}.gguf`));
  // Another run may be reading the one that is there.
  const part = `${to}.${process.pid}.part`;
  writeFileSync(part, Buffer.concat([aligned(Buffer.concat([head, ...entries, ...list])), ...tensors.map(({ weights }) => weights)]));
  renameSync(part, to);
  return to;
}

/** The next entry as it stands, but for the number of layers. */
function entryOf(reader: Reader, layers: number): Buffer {
  const from = reader.at;
  const key = reader.text();
  reader.skip(reader.u32());
  const entry = Buffer.from(reader.bytes.subarray(from, reader.at));
  if (key.endsWith('.block_count')) entry.writeUInt32LE(layers, entry.length - 4);
  return entry;
}

function tensorsOf(reader: Reader, count: number): Tensor[] {
  const listed = Array.from({ length: count }, () => {
    const from = reader.at;
    const name = reader.text();
    const weights = Array.from({ length: reader.u32() }, () => reader.u64()).reduce((product, size) => product * size, 1);
    const block = blockOf(reader.u32());
    if (block === null) throw new Error(`${name} is of a type that is not known.`);
    return { name, entry: reader.bytes.subarray(from, reader.at), bytes: (weights / block.weights) * block.bytes, offset: reader.u64() };
  });
  const start = Math.ceil(reader.at / ALIGNMENT) * ALIGNMENT;
  return listed.map(({ name, entry, bytes, offset }) => ({ name, entry, weights: aligned(reader.bytes.subarray(start + offset, start + offset + bytes)) }));
}

const aligned = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & (ALIGNMENT - 1))]);
