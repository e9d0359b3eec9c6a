import { expose } from 'comlink';
import * as ort from 'onnxruntime-web/webgpu';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { GpuEncoderService } from '../src/engine/model/gpu-encoder-service.ts';
import { received } from './received.ts';
import './rethrow.ts';

class GpuEncoder extends GpuEncoderService {
  async fetched(): Promise<ReturnType<typeof received>> {
    return received();
  }
}

expose(new GpuEncoder(ort, { wasmUrl: new URL(wasmUrl, import.meta.url).href }));
