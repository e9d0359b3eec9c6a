import './confine.ts';
import './report.ts';
import './rethrow.ts';
import { expose } from 'comlink';
import * as ort from 'onnxruntime-web/webgpu';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { GpuEncoderService } from '../src/engine/model/gpu-encoder-service.ts';

declare const __MANIFEST_SHA256__: string;

expose(new GpuEncoderService(ort, { wasmUrl: new URL(wasmUrl, import.meta.url).href }, __MANIFEST_SHA256__));
