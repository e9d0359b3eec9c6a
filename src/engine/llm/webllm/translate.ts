import type { LlmModel } from '../../../contract/llm.ts';
import { Failure } from '../../../contract/failure.ts';
import type { Doing } from '../doing.ts';

const SMALLER = 'Close other tabs and programs that use the graphics card and load it again, or choose a smaller model.';

const unfit = (model: string): Failure => new Failure('llm-refused', `The compiled part of "${model}" (its .wasm file) is not one that WebLLM can run: it is damaged, something else, or made for another version. Get the one that was made for WebLLM 0.2.86.`);

/** Names and words of errors, from WebLLM 0.2.86, TVM's runtime in it, and browsers (Chromium's, Firefox's, WebKit's), with what to say instead; the first that fits counts. */
const SAYINGS: readonly (readonly [RegExp, (model: string, doing: Doing) => Failure])[] = [
  [/DeviceLostError|device (was|is) lost|lost device|GPUDevice.*lost|GPUOutOfMemoryError|out.of.memory|not enough memory|memory access out of bounds|allocation failed|failed to allocate/i, (model, doing) => new Failure('llm-lost', doing === 'loading'
    ? `The graphics card gave up while "${model}" was being loaded, most often because its memory was full. ${SMALLER}`
    : `The graphics card gave up while "${model}" was answering: its memory was full, or its driver was restarted. What has been decided stays. ${SMALLER}`)],
  [/ModelNotLoadedError|Model not loaded|has already been disposed|disposed/i, (model) => new Failure('llm-lost', `"${model}" is no longer loaded: the graphics card or its driver was restarted. What has been decided stays. Load the model again to go on.`)],
  [/ShaderF16SupportError|shader-f16/i, (model) => new Failure('llm-unavailable', `"${model}" calculates with 16-bit numbers, which this graphics card or its driver does not offer. Choose the version of the model with "q4f32" in its name.`)],
  [/FeatureSupportError/i, (model) => new Failure('llm-unavailable', `"${model}" needs something that this graphics card or its driver does not offer. Choose another model.`)],
  [/WebGPUNotAvailableError|WebGPUNotFoundError|WebGPU is not supported/i, () => new Failure('llm-unavailable', 'This browser cannot use the graphics card for this (it has no WebGPU). Use a current Chrome, Edge or Safari, or choose a model in one GGUF file: those run without a graphics card.')],
  [/compatible GPU/i, () => new Failure('llm-unavailable', 'The browser found no graphics card that it can use. Check that graphics acceleration is switched on in the browser\'s settings, or choose a model in one GGUF file: those run without a graphics card.')],
  [/Cannot initialize runtime because of requested|exceeds limit/i, () => new Failure('llm-unavailable', 'The graphics card, or its driver, is too small for language models. Choose a model in one GGUF file: those run without a graphics card.')],
  [/caches is not defined|Can't find variable: caches|The operation is insecure/i, () => new Failure('llm-unavailable', 'Browsers let a page keep models only when it was opened over a secure connection (https). Open this page by its https address, or choose a model in one GGUF file.')],
  [/QuotaExceeded|quota/i, (model) => new Failure('llm-unavailable', `This browser has no room left to keep "${model}". Delete models that you no longer need, or free space on the disk, and load it again.`)],
  [/ModelNotFoundError|MissingModelError|Cannot find model record/i, (model) => new Failure('llm-refused', `"${model}" is not in the list of models. Choose it from the list again.`)],
  [/IntegrityError|Integrity verification/i, (model) => new Failure('llm-refused', `A file of "${model}" is not the one that was expected: it is damaged or was changed. Delete the model and get it again.`)],
  [/Cache.*Request failed|Failed to execute 'add' on 'Cache'|Cache\.add|Cannot fetch|received status/i, (model) => new Failure('llm-unavailable', `A file of "${model}" is missing where it should be. Delete the model and get it again; if it lies on this site, ask whoever runs the site.`)],
  [/Failed to fetch|NetworkError when attempting|Load failed|Content Security Policy|networkerror/i, (model) => new Failure('llm-unavailable', `A file of "${model}" is not stored in this browser and could not be had: there is no connection, or it lies on another site, which this part of the page may not reach. Download the model again.`)],
  [/CompileError|magic word|LinkError|Import #|WebAssembly\.(instantiate|Module)|Cannot find .* in exports|detect wasm memory/i, unfit],
  [/GrammarMatcherInitError|Grammar matcher|EBNF/i, (model) => new Failure('llm-refused', `"${model}" could not be held to the names of the categories. Choose another model.`)],
  [/vocab|tokenizer|Aborted\(/i, (model) => new Failure('llm-refused', `The word list (tokenizer) of "${model}" cannot be read. Delete the model and get it again.`)],
  [/ContextWindowSizeExceeded|exceed context window/i, (model) => new Failure('llm-refused', `The question is longer than what "${model}" can read at once. Choose a model that reads more, or fewer categories.`)],
  [/SyntaxError|JSON/i, (model) => new Failure('llm-refused', `A file of "${model}" is damaged or is not what WebLLM expects. Delete the model and get it again.`)],
  [/Cannot find parameter|nbytes|Internal Error|InternalError|Check failed|Unknown conv template|Invalid tensor|RangeError|offset is out of bounds|ArtifactManifestError|unreachable/i, (model, doing) => doing === 'loading'
    ? new Failure('llm-refused', `The files of "${model}" do not fit together: some are damaged or belong to another version. Delete the model and get it again.`)
    : new Failure('llm-lost', `"${model}" broke off in the middle of an answer. What has been decided stays. Load the model again to go on.`)],
];

/**
 * What an error of WebLLM means for a person, and what to do. WebLLM throws Errors of its own, those of the browser, and now and then plain text.
 * @param error as it was thrown
 */
export function translate(error: unknown, model: Pick<LlmModel, 'name'>, doing: Doing): Failure {
  if (error instanceof Failure) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const saying = SAYINGS.find(([pattern]) => pattern.test(text));
  if (saying !== undefined) return saying[1](model.name, doing);
  // A library that answers otherwise than expected ends in the middle of WebLLM's own code.
  if (doing === 'loading' && error instanceof TypeError) return unfit(model.name);
  const detail = text.split('\n')[0]?.slice(0, 200) ?? '';
  return doing === 'loading'
    ? new Failure('llm-refused', `"${model.name}" could not be loaded ("${detail}"). Delete the model and get it again, or choose another one.`)
    : new Failure('llm-lost', `"${model.name}" broke off in the middle of an answer ("${detail}"). What has been decided stays. Load the model again to go on.`);
}
