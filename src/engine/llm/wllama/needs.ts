import { Failure } from '../../../contract/failure.ts';
import type { GgufHeader } from '../gguf.ts';
import { sizeInWords } from '../size-in-words.ts';

/** What the runtime can address (its build: `getHeapMax`), and what it needs besides weights, cache and scores. */
const MOST = 4 * 2 ** 30;
const RUNTIME = 100 << 20;
/** Numbers are kept in 16 bits. */
const KEPT_BYTES = 2;
const SCORE_BYTES = 4;

/** Tokens worked on together. Larger pieces are no faster on a processor, need more memory and let the person wait for a stop. */
export const PIECE = 64;

/** Main memory that a model needs while it runs, in bytes; roughly. @param fileBytes of all its files */
export function memoryFor(header: GgufHeader, fileBytes: number, contextTokens: number): number {
  const cache = header.layers * header.keptPerLayer * contextTokens * KEPT_BYTES;
  const scores = PIECE * (header.vocabulary + 16 * header.embedding) * SCORE_BYTES;
  return fileBytes + cache + scores + RUNTIME;
}

/**
 * Refuses what cannot work, before minutes are spent on it.
 * @param deviceGigabytes what the browser says of the machine (Device Memory API: rounded, and no more than 32); 0 = not told
 * @throws Failure 'llm-unavailable'
 */
export function refuseHopeless(name: string, needed: number, deviceGigabytes: number): void {
  if (needed > MOST) {
    throw new Failure('llm-unavailable', `${name} needs about ${sizeInWords(needed)} of memory, and a browser gives a model on the processor at most ${sizeInWords(MOST)}. Choose a smaller model, or the same one stored more tightly (Q4 in its name).`);
  }
  if (deviceGigabytes > 0 && needed > deviceGigabytes * 2 ** 30) {
    throw new Failure('llm-unavailable', `${name} needs about ${sizeInWords(needed)} of memory, and this computer has about ${deviceGigabytes} GB in all. Choose a smaller model.`);
  }
}
