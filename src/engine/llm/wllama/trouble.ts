import { Failure } from '../../../contract/failure.ts';
import type { Doing } from '../doing.ts';

/** What the runtime's own log says of errors: the newest last, at most this many lines. */
const LINES = 8;

/** Remembers what the native part printed before it failed: its exceptions themselves carry nothing. */
export class Trouble {
  private lines: string[] = [];

  /** Whatever a logger is given. */
  note(...said: readonly unknown[]): void {
    const text = said.map((one) => (one instanceof Error ? one.message : typeof one === 'string' ? one : '')).join(' ').trim();
    if (text !== '') this.lines = [...this.lines, text.slice(0, 500)].slice(-LINES);
  }

  clear(): void {
    this.lines = [];
  }

  /** An error of the runtime in words for a person. @param name the model's @throws nothing */
  failure(error: unknown, name: string, doing: Doing): Failure | DOMException {
    if (error instanceof Failure) return error;
    if (error instanceof Error && error.name === 'AbortError') return new DOMException('Stopped.', 'AbortError');
    // Which trouble a file has, its error's name tells; the words are each browser's own.
    const message = error instanceof DOMException ? `${error.name}: ${error.message}` : error instanceof Error ? error.message : String(error);
    return translated(`${message}\n${this.lines.join('\n')}`, name, doing);
  }
}

/** Any C++ exception reads so: its result is a null pointer, from which the library reads a length. */
const THROWN = /Invalid typed array length|^Invalid array length|offset is out of bounds|index out of (range|bounds)/i;
const NO_MEMORY = /out of memory|bad_alloc|\bOOM\b|failed to allocate|unable to allocate|cannot enlarge memory|Cannot allocate WebAssembly\.Memory|Array buffer allocation failed|could not allocate memory|memory\.grow/i;

/** Patterns of what llama.cpp, Emscripten and browsers say, most telling first. */
const SAID: readonly { readonly when: RegExp; readonly failure: (name: string, found: RegExpExecArray) => Failure }[] = [
  {
    when: /(?:unknown|unsupported) model architecture: '?([\w.-]*)/i,
    failure: (name, [, architecture]) => new Failure('llm-refused', `${name} is of a kind${architecture ? ` (${architecture.slice(0, 40)})` : ''} that this program cannot run. Choose another model.`),
  },
  {
    when: /unknown pre-tokenizer type|cannot find tokenizer|unknown tokenizer/i,
    failure: (name) => new Failure('llm-refused', `${name} cuts text into pieces in a way that this program does not know. Choose another model, or an older edition of this one.`),
  },
  {
    when: /request \((\d+) tokens\) exceeds the available context size \((\d+)/i,
    failure: (name, [, asked, room]) => new Failure('llm-refused', `The question has ${asked} pieces of words and ${name} has room for ${room}. Shorten the descriptions of your categories or have fewer of them.`),
  },
  {
    when: /file read failed|NotReadableError|NotFoundError/i,
    failure: (name) => new Failure('llm-refused', `${name} could not be read to its end: the file was changed, moved or deleted meanwhile. Choose it again.`),
  },
  { when: NO_MEMORY, failure: (name) => noMemory(name) },
  {
    when: /both async and sync fetching of the wasm failed|failed to fetch|NetworkError|Load failed|HTTP status code is not ok|expected magic word|magic header not detected|doesn't start with '\\0asm'|wasm streaming compile failed/i,
    failure: () => new Failure('llm-unavailable', 'The program that runs language models could not be loaded from this site: the site does not answer, or it has been updated since this page was opened. Check the connection; save what you taught, then reload the page.'),
  },
  {
    when: /CompileError|does not support (exception|SIMD)|memory64|invalid memory limits flags|Invalid opcode|WebAssembly is not defined|address.*i64/i,
    failure: () => new Failure('llm-unavailable', 'This browser is too old to run a language model on its processor. It works in Chrome or Edge from version 133 and in Firefox from version 134.'),
  },
  {
    when: /tensor '?[^']*'? data is not within the file bounds|corrupted|incomplete|missing tensor|wrong number of tensors|key not found in model|tensor '?[^']*'? (not found|has wrong shape)|invalid (split|magic)|illegal split|error loading model/i,
    failure: (name) => new Failure('llm-refused', `${name} is damaged or incomplete: it could not be loaded. Get the file again, or choose another model.`),
  },
];

function translated(said: string, name: string, doing: Doing): Failure {
  for (const { when, failure } of SAID) {
    const found = when.exec(said);
    if (found !== null) return failure(name, found);
  }
  const first = said.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const why = first.filter((line) => !THROWN.test(line))[0] ?? '';
  const reason = why === '' ? '' : ` (${why.slice(0, 200)})`;
  if (doing === 'loading' && why === '') return new Failure('llm-refused', `${name} could not be loaded. Either memory ran out, or the file is damaged. Close other tabs and programs and load it again; if it stays so, get the file again or choose another model.`);
  if (doing === 'loading') return new Failure('llm-refused', `${name} could not be loaded${reason}. The file may be damaged, or of a kind that this program cannot run. Get it again, or choose another model.`);
  // Without a word of its own the usual reason is that memory ran out.
  return new Failure('llm-lost', `${name} has stopped working${reason}: often because memory ran out. What it answered so far stays. Load it again, or a smaller one, to go on.`);
}

/** It ran, or was about to. */
function noMemory(name: string): Failure {
  return new Failure('llm-lost', `Memory ran out, so ${name} has stopped. What it answered so far stays. Close other tabs and programs and load it again, or choose a smaller model.`);
}
