import * as ort from 'onnxruntime-web/wasm';
import type { PatternTable } from '../../src/contract/pattern.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../src/contract/pattern.ts';
import type { ReadResult } from '../../src/contract/reader-api.ts';
import type { Rule } from '../../src/contract/rule.ts';
import type { PatternText } from '../../src/contract/verdict.ts';
import type { VerdictColumns } from '../../src/contract/view.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { decide } from '../../src/engine/decide/decide.ts';
import { CLOSELY, Votes } from '../../src/engine/decide/votes.ts';
import { ModelService } from '../../src/engine/model/model-service.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { embedPatterns } from '../classify/vectors.ts';
import { MODELS_BASE, diskFetcher } from '../disk-fetcher.ts';

export interface LogFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Patterns per call of the models. */
const BATCH = 16;

/**
 * Reads logs and classifies all their patterns with the page's own engine in Node: same reader, same models (WebAssembly, one
 * thread), same decisions. Vectors of texts embedded before come from the cache that training uses, so a second run is quick.
 */
export async function runEngine(logs: readonly LogFile[], rules: readonly Rule[], threshold: number): Promise<EngineRun[]> {
  const readings: Reading[] = [];
  for (const log of logs) readings.push(await readLog(log, rules));
  const say = (text: string) => console.error(text);
  const { vectors, dims } = await embedPatterns(readings.flatMap(({ result, open }) => open.map((pattern) => result.texts[pattern])), say);
  const models = await openHeads();
  const runs: EngineRun[] = [];
  let from = 0;
  for (const { result, open, patternOf, lineOf, lastMessages } of readings) {
    const own = new Float32Array(result.table.count * dims);
    open.forEach((pattern, at) => own.set(vectors[from + at], pattern * dims));
    from += open.length;
    const { votes, lexical } = await askModels(models, result.texts, open, own, dims);
    const verdicts = decide(result.table, rules, votes, { threshold, ended: true });
    runs.push({ result, votes, lexical, verdicts, patternOf, lineOf, lastMessages, vectors: own, dims });
  }
  return runs;
}

export interface EngineRun extends ModelAnswers {
  readonly result: ReadResult;
  readonly verdicts: VerdictColumns;
  /** Pattern and first physical line (from 1) by row. */
  readonly patternOf: Int32Array;
  readonly lineOf: Int32Array;
  /** Message of the last row, by pattern. */
  readonly lastMessages: readonly string[];
  /** Patterns × dims; zeros where a pattern has no content. */
  readonly vectors: Float32Array;
  readonly dims: number;
}

interface Reading {
  readonly result: ReadResult;
  /** Patterns that the models are asked about. */
  readonly open: readonly number[];
  readonly patternOf: Int32Array;
  readonly lineOf: Int32Array;
  readonly lastMessages: readonly string[];
}

async function readLog({ name, bytes }: LogFile, rules: readonly Rule[]): Promise<Reading> {
  const reader = new ReaderService();
  const file = new File([bytes], name);
  const { dialect } = await reader.sniff(file);
  await reader.begin([file], [dialect], { rules, lessons: [] });
  while (!(await reader.step(1000)).done);
  const result = await reader.finish();
  const patternOf = new Int32Array(result.entries);
  const lineOf = new Int32Array(result.entries);
  const lastMessages = new Array<string>(result.table.count).fill('');
  for (let from = 0; from < result.entries; from += 1000) {
    for (const row of await reader.rows(NO_FILTER, from, 1000)) {
      patternOf[row.row] = row.pattern;
      lineOf[row.row] = row.line;
      lastMessages[row.pattern] = row.message;
    }
  }
  return { result, open: withContent(result.table), patternOf, lineOf, lastMessages };
}

export interface ModelAnswers {
  readonly votes: Votes;
  /** Patterns × classes: the word model alone, calibrated; zeros where it was not asked. */
  readonly lexical: Float32Array;
}

/** The shipped models without their encoder: vectors come from the cache. */
export async function openHeads(): Promise<ModelService> {
  const models = new ModelService(ort, { threads: 1 }, diskFetcher);
  await models.open(MODELS_BASE);
  await models.openEncoder('webgpu');
  return models;
}

/** Asks all voters. @param open patterns that are asked about @param vectors patterns × dims, of the shipped encoder */
export async function askModels(models: ModelService, texts: readonly PatternText[], open: readonly number[], vectors: Float32Array, dims: number): Promise<ModelAnswers> {
  const votes = new Votes(texts.length);
  const lexical = new Float32Array(votes.probabilities.length);
  const classes = votes.classes.length;
  for (let from = 0; from < open.length; from += BATCH) {
    const patterns = open.slice(from, from + BATCH);
    const own = new Float32Array(patterns.length * dims);
    patterns.forEach((pattern, at) => own.set(vectors.subarray(pattern * dims, (pattern + 1) * dims), at * dims));
    const batch = patterns.map((pattern) => texts[pattern]);
    votes.set(patterns, await models.vote(batch, own), CLOSELY);
    const alone = await models.lexical(batch);
    patterns.forEach((pattern, at) => lexical.set(alone.probabilities.subarray(at * classes, (at + 1) * classes), pattern * classes));
  }
  return { votes, lexical };
}

/** All patterns with content get a vote, those decided by rules too, so that rules and model can be compared. */
export function withContent(table: PatternTable): number[] {
  return Array.from({ length: table.count }, (_, pattern) => pattern).filter((pattern) => !(table.flags[pattern] & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW)));
}
