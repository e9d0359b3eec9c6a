import type { LearnFrom, Refit, VotedBatch } from './teach.ts';
import type { TrainResult, TrainStep, TrainingData, TrainingOptions } from './training.ts';

/** What a job that is driven step by step has done so far, in units of its own. */
export interface JobStep {
  readonly done: number;
  readonly total: number;
  readonly finished: boolean;
}

/** A pattern worth asking about. */
export interface AskMe {
  readonly pattern: number;
  /** The two likeliest answers (names), the likeliest first. */
  readonly answers: readonly [string, string];
  /** Share of all rows that an answer is expected to put right, 0…1. */
  readonly gain: number;
}

/** What the page knows of all patterns, beyond what was put: parallel to the pattern table. */
export interface AskAbout {
  readonly rows: Float64Array;
  /** Index into DECIDERS. */
  readonly decider: Uint8Array;
  readonly confidence: Float32Array;
  /** Patterns not to be asked about: answered, skipped, without content. */
  readonly without: Uint8Array;
}

/** What clustering found: parallel arrays over the patterns that have a vector. */
export interface FoundClusters {
  readonly patterns: Uint32Array;
  /** Cluster of each, below 0 where it is in none. */
  readonly cluster: Int32Array;
  /** By cluster: the pattern that stands for it. */
  readonly representative: Uint32Array;
}

/** A point of the map of patterns. */
export interface MapPoint {
  readonly pattern: number;
  readonly x: number;
  readonly y: number;
}

/**
 * The worker that learns: it holds the vectors and votes of the open files' patterns, and nothing of their rows. All answers
 * are pure functions of what was put and asked.
 */
export interface TeachApi {
  /** Forgets all patterns. */
  reset(): Promise<void>;
  /** Patterns with their votes. A later put of a pattern replaces the earlier one. @param classes names of the C classes, the same in every call since `reset` */
  put(batch: VotedBatch, classes: readonly string[]): Promise<void>;
  /** What the models say once they have learnt from `lessons`; the same set gives the same answer in any order. */
  refit(lessons: readonly LearnFrom[]): Promise<Refit>;
  /** Patterns whose answer is worth most, the best first, as of the last refit. */
  ask(about: AskAbout, count: number): Promise<readonly AskMe[]>;
  /** Starts DBSCAN over the patterns with vectors; drops an earlier run. @param rows by pattern @param common what all vectors share (ModelApi.common): distances are measured from there; null: nothing */
  beginClusters(options: { readonly eps: number; readonly minSamples: number }, rows: Float64Array, common: Float64Array | null): Promise<void>;
  clusterStep(budget: number): Promise<JobStep>;
  /** @throws Failure 'internal' before the job has finished */
  clusters(): Promise<FoundClusters>;
  /** Starts the map of the patterns that have most rows; drops an earlier run. */
  beginMap(rows: Float64Array, common: Float64Array | null): Promise<void>;
  mapStep(budget: number): Promise<JobStep>;
  map(): Promise<readonly MapPoint[]>;
  /** Starts to validate and train classifiers; drops an earlier training. @throws Failure 'training-refused' where nothing can be learnt */
  beginTraining(data: TrainingData, options: TrainingOptions): Promise<void>;
  /** Works for about `budget` ms. @throws Failure 'internal' where no training is under way */
  trainStep(budget: number): Promise<TrainStep>;
  /** @throws Failure 'internal' before the training has finished */
  trained(): Promise<TrainResult>;
  /** Gives up the training that is under way, or forgets its result. */
  endTraining(): Promise<void>;
}
