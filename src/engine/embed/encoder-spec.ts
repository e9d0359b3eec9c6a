import type { Backend } from '../../contract/model.ts';
import { Failure } from '../../contract/failure.ts';

/** encoder/encoder.json, written by training/encoder. Paths are relative to the models folder. */
export interface EncoderSpec {
  readonly version: 1;
  readonly name: string;
  /** Length of a vector. */
  readonly dims: number;
  readonly layers: number;
  /** Longer texts are cut; [CLS] and [SEP] count. */
  readonly maxTokens: number;
  readonly tokenizer: string;
  readonly files: Readonly<Record<Backend, { readonly path: string; readonly sha256: string }>>;
  readonly selfCheck: {
    readonly lines: readonly string[];
    /** One vector per line, as the file of that back end gives it. */
    readonly vectors: Readonly<Record<Backend, readonly (readonly number[])[]>>;
  };
  readonly origin: string;
}

export const ENCODER_SPEC_PATH = 'encoder/encoder.json';

/** Reads and checks encoder.json. @throws Failure 'model-runtime' if it is of another form or version */
export function parseEncoderSpec(bytes: Uint8Array): EncoderSpec {
  const spec = parseJson(bytes);
  if (!isEncoderSpec(spec)) {
    throw new Failure('model-runtime', `${ENCODER_SPEC_PATH} is not of a form this version understands. Put the whole folder public/models of one version on the server.`);
  }
  return spec;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function isEncoderSpec(value: unknown): value is EncoderSpec {
  const spec = value as EncoderSpec;
  return isObject(value) && spec.version === 1 && typeof spec.name === 'string' && typeof spec.origin === 'string'
    && isCount(spec.dims) && isCount(spec.layers) && isCount(spec.maxTokens) && typeof spec.tokenizer === 'string'
    && isObject(spec.files) && isFile(spec.files.wasm) && isFile(spec.files.webgpu)
    && isObject(spec.selfCheck) && isArrayOf(spec.selfCheck.lines, (line) => typeof line === 'string')
    && isObject(spec.selfCheck.vectors) && areVectors(spec.selfCheck.vectors.wasm, spec) && areVectors(spec.selfCheck.vectors.webgpu, spec);
}

function areVectors(value: unknown, spec: EncoderSpec): boolean {
  return isArrayOf(value, (vector) => isArrayOf(vector, (x) => typeof x === 'number') && vector.length === spec.dims)
    && value.length === spec.selfCheck.lines.length && value.length > 0;
}

function isFile(value: unknown): boolean {
  return isObject(value) && typeof value.path === 'string' && typeof value.sha256 === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArrayOf(value: unknown, test: (item: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.every(test);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
