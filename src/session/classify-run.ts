import type { Lane } from '../bridge/lane.ts';
import { modelsBase } from '../bridge/model.ts';
import type { EncoderInfo, GpuEncoderApi, ModelApi } from '../contract/model-api.ts';
import type { PatternTable } from '../contract/pattern.ts';
import type { Rule } from '../contract/rule.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../contract/pattern.ts';
import type { PatternText } from '../contract/verdict.ts';
import { CLOSELY, LEXICAL, UNREAD } from '../engine/decide/votes.ts';
import type { Votes } from '../engine/decide/votes.ts';
import { embedText } from '../engine/classify/embed-text.ts';

/** The encoder reads so many patterns, those with most rows: a count, not a time, so the result is the same every time. */
export const ENCODER_CAP = 20_000;
/** Patterns per call: the word model answers in microseconds, the encoder in about ten milliseconds. */
const LEXICAL_BATCH = 512;
const ENCODER_BATCH = 8;
/** With vectors at hand only the classifiers are asked. */
const HEADS_BATCH = 128;
/** On a GPU larger batches pay. */
const GPU_BATCH = 32;

export interface ClassifyWatch {
  /** Looked at between batches. */
  readonly stopped: () => boolean;
  /** After each batch. */
  readonly progress: (what: 'loading-model' | 'voting', done: number, total: number) => void;
  /** The GPU could not be used, or was lost; the whole run is then done without it. */
  readonly gpuFailed: (error: unknown) => void;
}

export interface ClassifyJob extends ClassifyWatch {
  readonly table: PatternTable;
  /** Those that `table.rule` indexes. */
  readonly rules: readonly Rule[];
  readonly texts: readonly PatternText[];
  readonly votes: Votes;
  readonly model: Lane<ModelApi>;
  /** Where the encoder is to run; null = in the model worker itself (WebAssembly). */
  readonly gpu: Lane<GpuEncoderApi> | null;
  readonly encoderReady: (info: EncoderInfo) => void;
}

/** Patterns that rules leave open, those with most rows first. A rule without a label only tells patterns apart. */
export function openPatterns(table: PatternTable, rules: readonly Rule[]): number[] {
  const open: number[] = [];
  for (let pattern = 0; pattern < table.count; pattern++) {
    if ((table.rule[pattern] < 0 || rules[table.rule[pattern]]?.label === '') && !(table.flags[pattern] & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW))) open.push(pattern);
  }
  return open.sort((a, b) => table.rows[b] - table.rows[a] || a - b);
}

/** Provisional votes at once, then full votes by rows covered. `opened` is the model worker's pending `open`. */
export async function classify(job: ClassifyJob, opened: Promise<void>): Promise<void> {
  const all = openPatterns(job.table, job.rules);
  // Votes that were carried over from an earlier table need not be cast again.
  const open = all.filter((pattern) => job.votes.read[pattern] !== CLOSELY);
  const close = all.slice(0, ENCODER_CAP).filter((pattern) => job.votes.read[pattern] !== CLOSELY);
  if (close.length === 0 && open.every((pattern) => job.votes.read[pattern] !== UNREAD)) return;
  job.progress('loading-model', 0, open.length);
  await opened;
  await inBatches(open.filter((pattern) => job.votes.read[pattern] === UNREAD), LEXICAL_BATCH, job, async (batch, texts) => {
    job.votes.set(batch, await job.model.call((api) => api.lexical(texts)), LEXICAL);
    // Shown at once: the encoder, still to be loaded, says nothing for a while.
    job.progress('loading-model', 0, open.length);
  });
  if (job.stopped()) return;
  if (job.gpu !== null) {
    if (await voteOnGpu(job, job.gpu, close)) return;
    job.votes.forgetEncoder();
  }
  await voteInModelWorker(job, job.gpu === null ? close : all.slice(0, ENCODER_CAP));
}

async function voteInModelWorker(job: ClassifyJob, patterns: readonly number[]): Promise<void> {
  job.encoderReady(await job.model.call((api) => api.openEncoder('wasm')));
  const unread = await voteAgain(job, patterns);
  const before = patterns.length - unread.length;
  await inBatches(unread, ENCODER_BATCH, job, async (batch, texts, done) => {
    job.votes.set(batch, await job.model.call((api) => api.vote(texts)), CLOSELY);
    job.progress('voting', before + done + batch.length, patterns.length);
  });
}

/** Where other models vote, the encoder need not read again what it has read. Returns the patterns it has not. */
async function voteAgain(job: ClassifyJob, patterns: readonly number[]): Promise<number[]> {
  const { vectors } = job.votes;
  const read = patterns.filter((pattern) => vectors[pattern] !== null);
  await inBatches(read, HEADS_BATCH, job, async (batch, texts, done) => {
    const dims = vectors[batch[0]]?.length ?? 0;
    const own = new Float32Array(batch.length * dims);
    batch.forEach((pattern, at) => own.set(vectors[pattern] ?? [], at * dims));
    job.votes.set(batch, await job.model.call((api) => api.vote(texts, own)), CLOSELY);
    job.progress('voting', done + batch.length, patterns.length);
  });
  return patterns.filter((pattern) => vectors[pattern] === null);
}

/** False where the GPU cannot be used, or is lost on the way: then all patterns are to be read again, since a run has one back end. */
async function voteOnGpu(job: ClassifyJob, gpu: Lane<GpuEncoderApi>, patterns: readonly number[]): Promise<boolean> {
  const onGpu = async <T>(call: Parameters<typeof gpu.call<T>>[0]): Promise<T> => {
    try {
      return await gpu.call(call);
    } catch (error) {
      throw new GpuLost(error);
    }
  };
  try {
    const info = await onGpu((api) => api.open(modelsBase()));
    await job.model.call((api) => api.openEncoder('webgpu'));
    job.encoderReady(info);
    const unread = await voteAgain(job, patterns);
    const before = patterns.length - unread.length;
    await inBatches(unread, GPU_BATCH, job, async (batch, texts, done) => {
      const vectors = await onGpu((api) => api.embed(texts.map(embedText)));
      job.votes.set(batch, await job.model.call((api) => api.vote(texts, vectors)), CLOSELY);
      job.progress('voting', before + done + batch.length, patterns.length);
    });
    return true;
  } catch (error) {
    if (!(error instanceof GpuLost)) throw error;
    gpu.terminate();
    job.gpuFailed(error.cause);
    return false;
  }
}

/** What went wrong in the GPU's worker, and not in the model's. */
class GpuLost extends Error {
  constructor(cause: unknown) {
    super('The graphics card could not be used.', { cause });
  }
}

async function inBatches(patterns: readonly number[], size: number, job: ClassifyJob, run: (batch: number[], texts: PatternText[], done: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < patterns.length && !job.stopped(); from += size) {
    const batch = patterns.slice(from, from + size);
    await run(batch, batch.map((pattern) => job.texts[pattern]), from);
  }
}
