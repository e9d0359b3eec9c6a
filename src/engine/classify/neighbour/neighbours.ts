import { Failure } from '../../../contract/failure.ts';
import type { ByteRows } from './byte-rows.ts';
import { quantiseRows } from './byte-rows.ts';
import { project } from './project.ts';

/** The labelled messages' vectors, seen along the few directions that tell most of them apart. */
export interface Neighbours {
  /** The directions, one a row, over the encoder's dimensions. At right angles but for what a byte loses. */
  readonly directions: ByteRows;
  /** A message's vector along the directions, at length 1. */
  readonly messages: ByteRows;
  /** Mean of the messages' vectors as the encoder gives them. */
  readonly mean: Float32Array;
}

/** Vectors seen along directions, as they are stored. @param vectors at length 1 */
export function projectNeighbours(vectors: readonly ArrayLike<number>[], directions: ByteRows, mean: Float32Array): Neighbours {
  return { directions, messages: quantiseRows(vectors.map((vector) => project(directions, vector)), directions.count), mean };
}

/** "WNBR" and the form's version. */
const MAGIC = 0x5242_4e57;
const VERSION = 1;
/** Bytes: magic, version, messages, directions, the encoder's dimensions; 32 bits each. */
const HEADER = 20;

/**
 * File, little-endian: the header; the directions' bytes; the messages' bytes; then as 32-bit floats the directions' scales,
 * the messages' scales and the mean.
 */
export function writeNeighbours({ directions, messages, mean }: Neighbours): Uint8Array {
  const bytes = new Uint8Array(sizeOf(messages.count, directions.count, directions.dims));
  const view = new DataView(bytes.buffer);
  [MAGIC, VERSION, messages.count, directions.count, directions.dims].forEach((value, at) => view.setUint32(at * 4, value, true));
  let at = HEADER;
  for (const { steps } of [directions, messages]) {
    bytes.set(new Uint8Array(steps.buffer, steps.byteOffset, steps.length), at);
    at += steps.length;
  }
  for (const numbers of [directions.scales, messages.scales, mean]) {
    for (const value of numbers) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * @param count messages that the file must hold @param dims the encoder's dimensions
 * @throws Failure 'model-runtime' if the file is of another form or version, or does not fit
 */
export function readNeighbours(bytes: Uint8Array, count: number, dims: number): Neighbours {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = bytes.length < HEADER ? [] : Array.from({ length: HEADER / 4 }, (_, at) => view.getUint32(at * 4, true));
  const along = header[3];
  const wanted = [MAGIC, VERSION, count, along, dims];
  if (along === undefined || along === 0 || wanted.some((value, at) => header[at] !== value) || bytes.length !== sizeOf(count, along, dims)) {
    throw new Failure('model-runtime', 'classify/neighbours.bin does not fit classify/classify.json. Put the whole folder public/models of one version on the server.');
  }
  const steps = (at: number, length: number): Int8Array => new Int8Array(bytes.buffer, bytes.byteOffset + at, length);
  const floats = (at: number, length: number): Float32Array => Float32Array.from({ length }, (_, i) => view.getFloat32(at + i * 4, true));
  const messagesAt = HEADER + along * dims, scalesAt = messagesAt + count * along;
  return {
    directions: { count: along, dims, steps: steps(HEADER, along * dims), scales: floats(scalesAt, along) },
    messages: { count, dims: along, steps: steps(messagesAt, count * along), scales: floats(scalesAt + along * 4, count) },
    mean: floats(scalesAt + (along + count) * 4, dims),
  };
}

function sizeOf(messages: number, directions: number, dims: number): number {
  return HEADER + directions * dims + messages * directions + (directions + messages + dims) * 4;
}
