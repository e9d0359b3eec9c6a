import { expose } from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { ModelService } from '../src/engine/model/model-service.ts';
import { received } from './received.ts';
import './rethrow.ts';

class Models extends ModelService {
  override async fetched(): Promise<ReturnType<typeof received>> {
    return received();
  }
}

// The runtime starts its threads from this same script; they serve it, not the page.
if (!self.name.startsWith('em-pthread')) expose(new Models(ort, { wasmUrl: new URL(wasmUrl, import.meta.url).href }));
