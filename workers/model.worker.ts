import './confine.ts';
import './report.ts';
import './rethrow.ts';
import { expose } from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { ModelService } from '../src/engine/model/model-service.ts';

declare const __MANIFEST_SHA256__: string;

// The runtime starts its threads from this same script; they serve it, not the page.
if (!self.name.startsWith('em-pthread')) expose(new ModelService(ort, { wasmUrl: new URL(wasmUrl, import.meta.url).href }, undefined, __MANIFEST_SHA256__));
