import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import type { LevelCode } from '../../src/contract/level.ts';
import type { PatternText } from '../../src/contract/verdict.ts';
import { maskMessage } from '../../src/engine/patterns/mask.ts';
import { levelOf } from '../../src/engine/read/levels.ts';

/** One line of training/corpus/messages.jsonl. */
export interface CorpusMessage {
  readonly family: string;
  readonly program: string;
  /** What the program itself prints, or "". */
  readonly level: string;
  /** Without timestamp, host and level. */
  readonly message: string;
  readonly label: string;
  /** A careful operator could argue for another category: a reader said so, or the two readers differed. */
  readonly arguable?: true;
}

export interface Corpus {
  readonly messages: readonly CorpusMessage[];
  /** Parallel to `messages`: what the classifiers are shown. */
  readonly patterns: readonly PatternText[];
  /** Index into CATEGORY_NAMES. */
  readonly labels: Int32Array;
  readonly families: readonly string[];
  readonly sha256: string;
}

export const CORPUS_FILE = new URL('../corpus/messages.jsonl', import.meta.url);

export function readCorpus(file: URL = CORPUS_FILE): Corpus {
  const text = readFileSync(file, 'utf8');
  const messages = text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as CorpusMessage);
  return {
    messages,
    patterns: messages.map(patternOf),
    labels: Int32Array.from(messages, ({ label }, row) => classOf(label, row)),
    families: messages.map(({ family }) => family),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

/** A message as the classifiers will meet it: masked, with the code of its level. */
export function patternOf({ message, level }: { readonly message: string; readonly level: string }): PatternText {
  return { text: maskMessage(message), level: levelCode(level) };
}

/** Signs that stand for a level: Redis prints them. */
const SIGNS: Readonly<Record<string, LevelCode>> = { '.': 2, '-': 3, '*': 4, '#': 5 };

/** Code of a level as programs print it: `WARN`, `<warn>`, `E!`, `main.INFO`, `P00 INFO`, `[E]`; 0 if it is none. */
export function levelCode(level: string): LevelCode {
  const sign = SIGNS[level];
  if (sign !== undefined) return sign;
  for (const part of level.match(/[A-Za-z]+\d?|^\d+$/g) ?? []) {
    const bytes = new TextEncoder().encode(part);
    const code = levelOf(bytes, 0, bytes.length);
    if (code > 0) return code;
  }
  return 0;
}

function classOf(label: string, row: number): number {
  const index = (CATEGORY_NAMES as readonly string[]).indexOf(label);
  if (index < 0) throw new Error(`corpus line ${row + 1}: "${label}" is no category`);
  return index;
}
