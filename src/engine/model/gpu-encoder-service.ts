import { Failure } from '../../contract/failure.ts';
import type { EncoderInfo, GpuEncoderApi } from '../../contract/model-api.ts';
import type { Encoder } from '../embed/encoder.ts';
import { loadEncoder } from '../embed/load-encoder.ts';
import { fetchManifest } from '../embed/model-files.ts';
import { prepareRuntime } from '../embed/onnx.ts';
import type { Ort, RuntimeOptions } from '../embed/onnx.ts';

/** The WebGPU worker's implementation: the encoder and nothing else. */
export class GpuEncoderService implements GpuEncoderApi {
  private readonly ort: Ort;
  private readonly manifestHash: string | undefined;
  private encoder: Encoder | null = null;

  /** @param manifestHash as of ModelService */
  constructor(ort: Ort, runtime: RuntimeOptions, manifestHash?: string) {
    this.ort = ort;
    this.manifestHash = manifestHash;
    prepareRuntime(ort, { ...runtime, threads: 1 });
  }

  async open(base: string): Promise<EncoderInfo> {
    this.encoder ??= await this.load(base);
    return { id: this.encoder.id, backend: 'webgpu', threads: 1 };
  }

  async embed(texts: readonly string[]): Promise<Float32Array> {
    const { encoder } = this;
    if (encoder === null) throw new Failure('internal', 'The encoder has not been opened.');
    const vectors = new Float32Array(texts.length * encoder.dims);
    for (let at = 0; at < texts.length; at++) vectors.set(await encoder.embed(texts[at]), at * encoder.dims);
    return vectors;
  }

  private async load(base: string): Promise<Encoder> {
    const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter() : null;
    if (adapter === null) throw new Failure('model-runtime', 'This browser offers no WebGPU here, so the run goes on without it (WebAssembly).');
    const manifest = await fetchManifest(base, undefined, this.manifestHash);
    return loadEncoder(this.ort, { backend: 'webgpu', base, manifest });
  }
}
