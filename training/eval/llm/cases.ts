import * as ort from 'onnxruntime-web/wasm';
import { CATEGORIES, CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { LlmQuestion } from '../../../src/contract/llm-api.ts';
import type { Cells } from '../../../src/contract/pattern.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../../src/contract/pattern.ts';
import { DECIDERS } from '../../../src/contract/verdict.ts';
import { corpusNearest, nearestOf } from '../../../src/engine/llm/nearest-taught.ts';
import { NEAREST_SHOWN, questionFor, systemText } from '../../../src/engine/llm/question.ts';
import { ModelService } from '../../../src/engine/model/model-service.ts';
import { MODELS_BASE, diskFetcher } from '../../disk-fetcher.ts';
import type { EngineRun } from '../engine.ts';

/** A pattern that a language model can be asked about, with what the others say of it. */
export interface Case {
  readonly run: EngineRun;
  readonly pattern: number;
  readonly rows: number;
  /** The vote decides it. */
  readonly sure: boolean;
  /** The vote's likeliest category. */
  readonly vote: string;
  /** Label of the nearest labelled message. */
  readonly neighbour: string;
  readonly question: LlmQuestion;
}

/** Messages looked up for each pattern: more than are shown, since some may be the same. */
const NEAREST_ASKED = NEAREST_SHOWN + 3;
const RULE = DECIDERS.indexOf('rule'), MODEL = DECIDERS.indexOf('model');

/** Instructions and answers, the same for all questions. */
export const SYSTEM = systemText(CATEGORIES);
export const ANSWERS: readonly string[] = CATEGORY_NAMES;

/** The shipped models without their encoder, for neighbours and known lines. */
export async function openHeads(): Promise<ModelService> {
  const models = new ModelService(ort, { threads: 1 }, diskFetcher);
  await models.open(MODELS_BASE);
  await models.openEncoder('webgpu');
  return models;
}

/** Patterns with content that no rule decides, asked about as on the page (session/llm/questions.ts), most rows first. */
export async function casesOf(models: ModelService, run: EngineRun): Promise<Case[]> {
  const { table } = run.result;
  const open = Array.from({ length: table.count }, (_, pattern) => pattern)
    .filter((pattern) => (table.flags[pattern] & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW)) === 0 && run.verdicts.decider[pattern] !== RULE);
  const cases: Case[] = [];
  for (const pattern of open) cases.push(await caseOf(models, run, pattern));
  return cases.sort((a, b) => b.rows - a.rows || a.pattern - b.pattern);
}

async function caseOf(models: ModelService, run: EngineRun, pattern: number): Promise<Case> {
  const { result: { table, texts, cells }, verdicts, vectors, dims } = run;
  const vector = vectors.subarray(pattern * dims, (pattern + 1) * dims);
  const nearest = await models.nearest(vector, NEAREST_ASKED);
  const found = [...nearest.indices].filter((index) => index >= 0);
  const examples = await models.examples(found);
  const corpus = corpusNearest(nearest, NEAREST_ASKED, 0, new Map(found.map((index, at) => [index, examples[at]])));
  const like = nearestOf(texts[pattern], vector, [], corpus);
  const last = run.lastMessages[pattern];
  const question = questionFor({
    text: table.texts[pattern], level: texts[pattern].level, sources: sourcesOf(cells, pattern), nearest: like,
    examples: [table.examples[pattern], ...(table.rows[pattern] > 1 ? [last] : [])],
  }, SYSTEM, ANSWERS, 0);
  return {
    run, pattern, rows: table.rows[pattern], sure: verdicts.decider[pattern] === MODEL,
    vote: verdicts.labels[verdicts.guess[pattern]] ?? '', neighbour: like[0]?.label ?? '', question,
  };
}

/** Names of a pattern's sources, that with most rows first. */
function sourcesOf(cells: Cells, pattern: number): string[] {
  const rows = new Map<number, number>();
  cells.pattern.forEach((one, at) => {
    if (one === pattern) rows.set(cells.source[at], (rows.get(cells.source[at]) ?? 0) + cells.rows[at]);
  });
  return [...rows].sort(([a, m], [b, n]) => n - m || a - b).map(([source]) => cells.sources[source]).filter((name) => name !== '');
}
