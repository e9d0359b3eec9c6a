import { refuse } from './decode.ts';
import { BUNDLE_BYTES_MAX, DEPTH_MAX, VALUES_MAX } from './limits.ts';

const QUOTE = 0x22, BACKSLASH = 0x5c, COMMA = 0x2c, OPEN_LIST = 0x5b, CLOSE_LIST = 0x5d, OPEN_OBJECT = 0x7b, CLOSE_OBJECT = 0x7d;

/**
 * Parses JSON of a file that anybody may have made: its size, its depth and the number of its values are looked at before
 * anything is made of it. @throws Failure 'bundle-refused'
 */
export function parseGuarded(bytes: Uint8Array): unknown {
  if (bytes.length > BUNDLE_BYTES_MAX) refuse('', `is larger than ${BUNDLE_BYTES_MAX >> 20} MiB`);
  weigh(bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('', 'is not text in UTF-8');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return refuse('', `is not JSON, or was cut off (${error instanceof Error ? error.message.slice(0, 120) : 'no reason given'})`);
  }
}

/** Strings are skipped whole, so that brackets in them count for nothing. Whether it is JSON at all is for the parser to say. */
function weigh(bytes: Uint8Array): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
        break;
      case OPEN_LIST: case OPEN_OBJECT:
        values++;
        if (++depth > DEPTH_MAX) refuse('', `has more than ${DEPTH_MAX} lists and objects within one another`);
        break;
      case CLOSE_LIST: case CLOSE_OBJECT:
        depth--;
        break;
      case COMMA:
        values++;
    }
    if (values > VALUES_MAX) refuse('', `has more than ${VALUES_MAX.toLocaleString('en')} values`);
  }
}
