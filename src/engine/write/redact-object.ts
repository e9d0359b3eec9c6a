import type { Redactor } from '../redact/redactor.ts';
import { ByteSink } from './byte-sink.ts';
import { jsonBytes } from './json-text.ts';
import { walkObject } from './walk-object.ts';

const QUOTE = 34;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The JSON object bytes[from, to) with stand-ins in its keys, texts and numbers, each taken by its decoded content. A number that holds a
 * value becomes a text; what stands under a secret's name is replaced whole.
 */
export function redactObject(bytes: Uint8Array, from: number, to: number, redactor: Redactor): Uint8Array {
  const sink = new ByteSink(to - from + 256);
  let done = from;
  /** Depth of the key whose name says that all below it is secret; 0 where there is none. */
  let secret = 0;
  const replace = (start: number, end: number, text: string): void => {
    sink.copy(bytes, done, start);
    sink.all(jsonBytes(text));
    done = end;
  };
  walkObject(bytes, from, to, {
    key(start, end, depth) {
      const name = contentOf(bytes, start, end);
      if (secret === 0 || depth <= secret) secret = redactor.hides(name) ? depth : 0;
      const safe = redactor.text(name);
      if (safe !== name) replace(start, end, safe);
    },
    scalar(start, end) {
      const isText = bytes[start] === QUOTE;
      if (!isText && (bytes[start] | 32) >= 97) return;
      const content = isText ? contentOf(bytes, start, end) : decoder.decode(bytes.subarray(start, end));
      const safe = secret > 0 ? redactor.whole(content) : redactor.text(content);
      if (safe !== content) replace(start, end, safe);
    },
  });
  sink.copy(bytes, done, to);
  return sink.take();
}

function contentOf(bytes: Uint8Array, start: number, end: number): string {
  const text = decoder.decode(bytes.subarray(start, end));
  return text.includes('\\') ? String(JSON.parse(text)) : text.slice(1, -1);
}
