import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/contract/failure.ts';
import { translate } from '../../../../src/engine/llm/webllm/translate.ts';
import type { Doing } from '../../../../src/engine/llm/doing.ts';

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** As WebLLM 0.2.86 and Chromium, Firefox and WebKit really say it. */
const SAID: readonly (readonly [unknown, Doing, string, RegExp])[] = [
  [new TypeError('Failed to fetch'), 'loading', 'llm-unavailable', /not stored in this browser.*Download/],
  [new TypeError('NetworkError when attempting to fetch resource.'), 'loading', 'llm-unavailable', /Download/],
  [new TypeError('Load failed'), 'loading', 'llm-unavailable', /Download/],
  [new TypeError("Failed to execute 'add' on 'Cache': Request failed"), 'loading', 'llm-unavailable', /missing.*Delete the model and get it again/],
  [new TypeError('Cache.add(): Request to https://x.example/a failed'), 'loading', 'llm-unavailable', /missing/],
  [named('ModelNotFoundError', 'Cannot find model record in appConfig for tiny. Please check if the model ID is correct and included in the model_list configuration.'), 'loading', 'llm-refused', /Choose it from the list/],
  [new WebAssembly.CompileError('WebAssembly.instantiate(): expected magic word 00 61 73 6d, found 3c 21 44 4f @+0'), 'loading', 'llm-refused', /\.wasm file/],
  [new WebAssembly.LinkError('WebAssembly.instantiate(): Import #0 "env" "x": function import requires a callable'), 'loading', 'llm-refused', /another version/],
  [new Error('Cannot find TVMWasmAllocSpace,TVMWasmFreeSpace in exports'), 'loading', 'llm-refused', /\.wasm file/],
  [new TypeError("Cannot read properties of undefined (reading 'buffer')"), 'loading', 'llm-refused', /\.wasm file/],
  [new ReferenceError('caches is not defined'), 'loading', 'llm-unavailable', /https/],
  [new ReferenceError("Can't find variable: caches"), 'loading', 'llm-unavailable', /https/],
  [new Error("Unable to find a compatible GPU. This issue might be because your computer doesn't have a GPU, or your system settings are not configured properly."), 'loading', 'llm-unavailable', /graphics acceleration/],
  [named('WebGPUNotAvailableError', 'WebGPU is not supported in your current environment, but it is necessary to run the WebLLM engine.'), 'loading', 'llm-unavailable', /current Chrome, Edge or Safari/],
  [named('ShaderF16SupportError', 'This model requires WebGPU extension shader-f16, which is not enabled in this browser.'), 'loading', 'llm-unavailable', /q4f32/],
  [named('FeatureSupportError', 'This model requires feature subgroups, which is not yet supported by this browser.'), 'loading', 'llm-unavailable', /another model/],
  [new Error('Cannot initialize runtime because of requested maxBufferSize exceeds limit. requested=256MB, limit=128MB.'), 'loading', 'llm-unavailable', /too small/],
  [named('DeviceLostError', 'The WebGPU device was lost while loading the model. This issue often occurs due to running out of memory (OOM).'), 'loading', 'llm-lost', /being loaded.*smaller model/],
  [new Error('GPUDevice lost (unknown): A valid external Instance reference no longer exists.'), 'asking', 'llm-lost', /What has been decided stays/],
  [new RangeError('WebAssembly.Memory.grow(): Out of memory'), 'asking', 'llm-lost', /memory was full/],
  [named('ModelNotLoadedError', 'Model not loaded before trying to complete ChatCompletionRequest.'), 'asking', 'llm-lost', /Load the model again/],
  [named('IntegrityError', 'Integrity verification failed for https://x.example/a'), 'loading', 'llm-refused', /damaged or was changed/],
  [named('QuotaExceededError', 'Quota exceeded.'), 'loading', 'llm-unavailable', /no room left/],
  [named('ContextWindowSizeExceededError', 'Prompt tokens exceed context window size: number of prompt tokens: 900; context window size: 512'), 'asking', 'llm-refused', /longer than/],
  [named('UnsupportedTokenizerFilesError', 'Cannot handle tokenizer files vocab.json'), 'loading', 'llm-refused', /tokenizer/],
  [new WebAssembly.RuntimeError('Aborted(). Build with -sASSERTIONS for more info.'), 'loading', 'llm-refused', /tokenizer/],
  [named('GrammarMatcherInitError', 'Failed to initialize the grammar matcher for response format `grammar`: Aborted(). Build with -sASSERTIONS for more info.'), 'asking', 'llm-refused', /names of the categories/],
  [new SyntaxError('Unexpected token \'<\', "<!doctype "... is not valid JSON'), 'loading', 'llm-refused', /damaged/],
  [new Error('Cannot find parameter in cache: model.embed.weight'), 'loading', 'llm-refused', /do not fit together/],
  ['Error: something that nobody has seen\n at x', 'asking', 'llm-lost', /something that nobody has seen/],
  [new Error('something that nobody has seen'), 'loading', 'llm-refused', /something that nobody has seen/],
];

describe('errors of WebLLM in plain words', () => {
  it.each(SAID)('%s while %s → %s', (error, doing, code, words) => {
    const failure = translate(error, { name: 'Tiny' }, doing);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(words);
    // Whoever reads it can do nothing with the names of classes and functions.
    expect(failure.message).not.toMatch(/WebAssembly|Cache'|undefined|instantiate|appConfig|GPUDevice|MLC/);
  });

  it('leaves what is in plain words already as it is', () => {
    const failure = new Failure('llm-unavailable', 'No room.');
    expect(translate(failure, { name: 'Tiny' }, 'loading')).toBe(failure);
  });
});
