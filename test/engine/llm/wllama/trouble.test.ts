import { expect, test } from 'vitest';
import { Failure, failureCode } from '../../../../src/contract/failure.ts';
import { Trouble } from '../../../../src/engine/llm/wllama/trouble.ts';

/** What any C++ exception of the runtime reads like. */
const THROWN = new RangeError('Invalid typed array length: 1163217991');

function said(error: unknown, doing: 'loading' | 'asking' = 'loading', ...log: string[]): Failure {
  const trouble = new Trouble();
  for (const line of log) trouble.note(line);
  const failure = trouble.failure(error, 'Tiny', doing);
  expect(failure).toBeInstanceOf(Failure);
  return failure as Failure;
}

test.each([
  [THROWN, 'loading', ["llama_model_load: error loading model: unknown model architecture: 'nosucharch'"], 'llm-refused', /kind \(nosucharch\)/],
  [new Error('error loading model'), 'loading', ["error loading model vocabulary: unknown pre-tokenizer type: 'zzz'"], 'llm-refused', /cuts text into pieces/],
  [new Error('error loading model'), 'loading', ["missing tensor 'blk.1.attn_q.weight'"], 'llm-refused', /damaged or incomplete/],
  [THROWN, 'loading', [], 'llm-refused', /could not be loaded\. Either memory ran out, or the file is damaged/],
  [THROWN, 'loading', ['ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 999'], 'llm-lost', /Memory ran out/],
  [new Error('(ABORT) OOM'), 'asking', [], 'llm-lost', /Memory ran out/],
  [new DOMException('A requested file or directory could not be found at the time an operation was processed.', 'NotFoundError'), 'loading', [], 'llm-refused', /changed, moved or deleted meanwhile/],
  [new DOMException('The requested file could not be read.', 'NotReadableError'), 'loading', [], 'llm-refused', /changed, moved or deleted meanwhile/],
  [new RangeError('WebAssembly.Memory(): could not allocate memory'), 'loading', [], 'llm-lost', /Memory ran out/],
  [THROWN, 'asking', ['std::bad_alloc'], 'llm-lost', /Memory ran out/],
  [THROWN, 'asking', [], 'llm-lost', /has stopped working: often because memory ran out/],
  [new Error('request (2048 tokens) exceeds the available context size (1536 tokens), try increasing it'), 'asking', [], 'llm-refused', /2048 pieces.*room for 1536/],
  [new Error('(ABORT) both async and sync fetching of the wasm failed'), 'loading', [], 'llm-unavailable', /could not be loaded from this site/],
  [new TypeError('Failed to fetch'), 'loading', [], 'llm-unavailable', /could not be loaded from this site/],
  [new Error('File read failed: NotReadableError: The requested file could not be read'), 'loading', [], 'llm-refused', /Choose it again/],
  [new Error('WebAssembly runtime does not support SIMD'), 'loading', [], 'llm-unavailable', /too old/],
  ['wllama has crashed, please reload the module', 'asking', [], 'llm-lost', /wllama has crashed/],
] as const)('%s while %s', (error, doing, log, code, words) => {
  const failure = said(error, doing, ...log);
  expect(failureCode(failure)).toBe(code);
  expect(failure.message).toMatch(words);
  expect(failure.message).not.toContain('typed array');
});

test('a stop stays a stop, and what is said in words already stays as it is', () => {
  const trouble = new Trouble();
  expect(trouble.failure(Object.assign(new Error('Operation aborted'), { name: 'AbortError' }), 'Tiny', 'asking').name).toBe('AbortError');
  const failure = new Failure('llm-refused', 'No.');
  expect(trouble.failure(failure, 'Tiny', 'asking')).toBe(failure);
});

test('what was said before the last question explains nothing any more, and only the last lines are kept', () => {
  const trouble = new Trouble();
  trouble.note('std::bad_alloc');
  trouble.clear();
  expect((trouble.failure(THROWN, 'Tiny', 'asking') as Failure).message).not.toContain('Memory ran out, so');
  trouble.note('std::bad_alloc');
  for (let line = 0; line < 8; line++) trouble.note(`line ${line}`);
  expect((trouble.failure(THROWN, 'Tiny', 'asking') as Failure).message).not.toContain('Memory ran out, so');
});
