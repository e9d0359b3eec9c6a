import './confine.ts';
import './report.ts';
import './rethrow.ts';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import { expose } from 'comlink';
import { admitRuntimeScripts } from '../src/contract/runtime-scripts.ts';
import { WllamaService } from '../src/engine/llm/wllama/wllama-service.ts';

// The runtime makes the scripts of its own workers as it goes.
admitRuntimeScripts();

const { deviceMemory = 0, hardwareConcurrency } = navigator as WorkerNavigator & { readonly deviceMemory?: number };
expose(new WllamaService({
  wasmUrl: new URL(wasmUrl, import.meta.url).href, deviceGigabytes: deviceMemory, cores: hardwareConcurrency,
  shared: self.crossOriginIsolated && typeof SharedArrayBuffer === 'function',
}));
