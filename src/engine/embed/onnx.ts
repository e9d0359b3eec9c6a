import type * as OrtModule from 'onnxruntime-web';
import type { Backend } from '../../contract/model.ts';
import { Failure } from '../../contract/failure.ts';

/**
 * The one adapter to onnxruntime. Whoever starts a runtime imports its entry (`onnxruntime-web/wasm` or
 * `onnxruntime-web/webgpu`) and passes the module in, so that each worker bundles only the runtime it uses and
 * Node can use the same code.
 */
export type Ort = Pick<typeof OrtModule, 'InferenceSession' | 'Tensor' | 'env'>;

export type InputData = Float32Array | Int32Array | BigInt64Array;
export type OutputData = InputData | readonly string[];
/** Row-major. */
export interface InputTensor { readonly data: InputData; readonly dims: readonly number[] }
export interface OutputTensor { readonly data: OutputData; readonly dims: readonly number[] }

export interface RuntimeOptions {
  /** Absolute address of the runtime's .wasm file. Left out in Node, where the package finds its own. */
  readonly wasmUrl?: string;
  /** WASM threads; more than 1 needs cross-origin isolation. Default: `defaultThreads()`. */
  readonly threads?: number;
}

export interface ModelOptions {
  readonly backend: Backend;
  /** Said in error messages, e.g. the file's name. */
  readonly name?: string;
}

export interface OnnxModel {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * Runs the model once. `outputs` limits what is computed and copied out; default: all outputs.
   * @throws Failure 'model-runtime' or 'out-of-memory'
   */
  run(inputs: Readonly<Record<string, InputTensor>>, outputs?: readonly string[]): Promise<Record<string, OutputTensor>>;
  dispose(): Promise<void>;
}

/** Threads worth asking for: half of what the machine reports, at most 4; 1 where the page is not isolated. */
export function defaultThreads(): number {
  if (globalThis.crossOriginIsolated !== true) return 1;
  return Math.max(1, Math.min(4, Math.ceil((globalThis.navigator?.hardwareConcurrency ?? 1) / 2)));
}

/** Sets what a runtime reads once, when its first model is opened. Without `wasmUrl` a browser build would guess an address. */
export function prepareRuntime(ort: Ort, options: RuntimeOptions = {}): void {
  if (options.wasmUrl !== undefined) ort.env.wasm.wasmPaths = { wasm: options.wasmUrl };
  ort.env.wasm.numThreads = options.threads ?? defaultThreads();
  // The runtime lives in a worker already; a proxy would start one more.
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
}

/**
 * Opens a model from its bytes. Models that keep weights in further files are refused (nothing but the bytes
 * given is ever read).
 * @throws Failure 'model-runtime' or 'out-of-memory'
 */
export async function openModel(ort: Ort, bytes: Uint8Array, options: ModelOptions): Promise<OnnxModel> {
  const name = options.name ?? 'The model';
  const session = await guarded(name, 'could not be opened', () => oneAtATime(ort, () => ort.InferenceSession.create(bytes, {
    executionProviders: [options.backend],
    graphOptimizationLevel: 'all',
    // Text lengths vary from call to call: remembered memory patterns would pile up, one per shape.
    enableMemPattern: false,
    logSeverityLevel: 3,
  })));
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (inputs, outputs) => guarded(name, 'failed while running', () => oneAtATime(ort, () => runOnce(ort, session, inputs, outputs))),
    dispose: () => guarded(name, 'could not be closed', () => oneAtATime(ort, () => session.release())),
  };
}

/** The named output as floats. @throws Failure 'model-runtime' if it is missing or of another type */
export function floatOutput(outputs: Readonly<Record<string, OutputTensor>>, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new Failure('model-runtime', `The model gives no numbers under "${name}". It is not a model of the kind expected here.`);
}

async function runOnce(
  ort: Ort, session: OrtModule.InferenceSession, inputs: Readonly<Record<string, InputTensor>>, outputs?: readonly string[],
): Promise<Record<string, OutputTensor>> {
  const feeds: Record<string, OrtModule.Tensor> = {};
  let fetched: OrtModule.InferenceSession.OnnxValueMapType | undefined;
  try {
    for (const [name, { data, dims }] of Object.entries(inputs)) feeds[name] = toTensor(ort, data, dims);
    fetched = await session.run(feeds, outputs ?? session.outputNames);
    const results: Record<string, OutputTensor> = {};
    for (const [name, tensor] of Object.entries(fetched)) results[name] = { data: outputData(name, tensor.data), dims: tensor.dims };
    return results;
  } finally {
    for (const tensor of Object.values(feeds)) tensor.dispose();
    for (const tensor of Object.values(fetched ?? {})) tensor.dispose();
  }
}

function toTensor(ort: Ort, data: InputData, dims: readonly number[]): OrtModule.Tensor {
  if (data instanceof Float32Array) return new ort.Tensor('float32', data, dims);
  if (data instanceof BigInt64Array) return new ort.Tensor('int64', data, dims);
  return new ort.Tensor('int32', data, dims);
}

function outputData(name: string, data: OrtModule.Tensor.DataType): OutputData {
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof BigInt64Array || Array.isArray(data)) return data;
  throw new Error(`output "${name}" has a type that is not supported`);
}

/** Tail of the queue of each runtime: its builds for WebGPU suspend inside calls and must not be entered twice. */
const tails = new WeakMap<object, Promise<unknown>>();

function oneAtATime<T>(ort: Ort, job: () => Promise<T>): Promise<T> {
  const result = (tails.get(ort.env) ?? Promise.resolve()).then(job);
  tails.set(ort.env, result.catch(() => undefined));
  return result;
}

async function guarded<T>(name: string, what: string, job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof RangeError || /bad_alloc|out of memory|device.*lost/i.test(reason)) {
      throw new Failure('out-of-memory', `${name} ${what}: there is not enough memory. Close other tabs and try again. (${reason})`);
    }
    if (/external data/i.test(reason)) {
      throw new Failure('model-runtime', `${name} keeps weights in a second file. Use a model that is one .onnx file. (${reason})`);
    }
    throw new Failure('model-runtime', `${name} ${what}. Reload the page; if it happens again, the file or this browser does not suit. (${reason})`);
  }
}
