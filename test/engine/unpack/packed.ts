import { readFileSync } from 'node:fs';
import { Failure } from '../../../src/contract/failure.ts';
import { EarlyEnd } from '../../../src/engine/scan/byte-source.ts';
import { PackedPieces } from '../../../src/engine/unpack/packed-pieces.ts';
import type { Unpack } from '../../../src/engine/unpack/packed-pieces.ts';

const FOLDER = new URL('../../fixtures/packed/', import.meta.url);

export function fixture(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(name, FOLDER)));
}

export const fileOf = (bytes: Uint8Array, name: string): File => new File([new Uint8Array(bytes)], name, { lastModified: Date.UTC(2024, 5, 1) });

export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly error: Failure | null;
}

/** All that comes out, and how it ended; whatever is no Failure is a fault of the program and passes on. */
export async function unpackAll(unpack: Unpack, bytes: Uint8Array, piece?: number): Promise<Unpacked> {
  const chunks: Uint8Array[] = [];
  let error: Failure | null = null;
  try {
    for await (const chunk of unpack(new PackedPieces(fileOf(bytes, 'x.log'), 'x.log', piece))) chunks.push(chunk.slice());
  } catch (caught) {
    if (!(caught instanceof EarlyEnd)) throw caught;
    error = caught;
  }
  return { bytes: joined(chunks), error };
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

export function isPrefix(part: Uint8Array, whole: Uint8Array): boolean {
  return part.length <= whole.length && Buffer.compare(part, whole.subarray(0, part.length)) === 0;
}
