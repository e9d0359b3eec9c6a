import type { Lane } from '../bridge/lane.ts';
import { Failure } from '../contract/failure.ts';
import type { AddedModel } from '../contract/model.ts';
import type { PatternTable } from '../contract/pattern.ts';
import type { TeachApi } from '../contract/teach-api.ts';
import type { TrainResult, TrainStep } from '../contract/training.ts';
import type { Truth } from '../contract/truth.ts';
import type { PatternText } from '../contract/verdict.ts';
import type { VerdictColumns } from '../contract/view.ts';
import type { Votes } from '../engine/decide/votes.ts';
import { trainingData, trainingRows } from '../engine/evaluate/training-rows.ts';
import type { TrainingRows } from '../engine/evaluate/training-rows.ts';

export interface TrainingParts {
  readonly board: { readonly table: PatternTable | null; readonly truth: Truth | null; readonly verdicts: VerdictColumns | null; readonly votes: Votes; readonly texts: readonly PatternText[] };
  readonly lane: Lane<TeachApi>;
  /** Loads the encoder, if need be; gives its id. */
  readonly encoder: () => Promise<string>;
  readonly embed: (texts: readonly PatternText[]) => Promise<readonly Float32Array[] | null>;
  /** The open files. */
  readonly files: () => readonly File[];
  /** Today, ISO 8601. */
  readonly today?: () => string;
}

/** What a training is doing. */
export interface TrainingProgress {
  readonly what: 'loading' | 'embedding' | TrainStep['what'];
  readonly done: number;
  /** 0 = not known. */
  readonly total: number;
}

/** A training that has ended. */
export interface Trained extends TrainResult {
  readonly learnt: Pick<TrainingRows, 'rows' | 'leftOut'> & { readonly patterns: number };
}

/** Patterns embedded at a time: each takes about ten milliseconds, and progress shows between batches. */
const EMBED_BATCH = 16;
/** Ten times a second. */
const STEP_MS = 100;

/** Trains classifiers on the labels that the open files carry, in the learning worker. Cancel: looked at between steps; nothing is kept. */
export class Training {
  progress = $state.raw<TrainingProgress | null>(null);
  result = $state.raw<Trained | null>(null);
  /** Why the last training did not end well, in words; '' if it did, or was cancelled. */
  problem = $state('');
  /** The files whose labels the models in use have learnt from. */
  #learntFrom = $state.raw<readonly File[]>([]);
  readonly #parts: TrainingParts;
  /** Late steps of an earlier training are dropped. */
  #turn = 0;

  constructor(parts: TrainingParts) {
    this.#parts = parts;
  }

  /** Models in use have learnt from the labels of a file that is open: agreeing with them proves little. */
  get learntHere(): boolean {
    const open = this.#parts.files();
    return this.#learntFrom.some((file) => open.includes(file));
  }

  /** Other models are in use now. @param mine those of the last training */
  used(mine: boolean): void {
    this.#learntFrom = mine ? this.#parts.files() : [];
  }

  /** What would be learnt from; null where the open files carry no labels. */
  rows(): TrainingRows | null {
    const { table, truth, verdicts } = this.#parts.board;
    return table === null || truth === null || verdicts === null || truth.rows.length === 0 ? null : trainingRows(table, truth, verdicts.labels);
  }

  /** Validates and trains. Never rejects: what goes wrong is in `problem`. @param name what the person calls the models */
  async begin(name: string): Promise<void> {
    const rows = this.rows();
    if (rows === null) return;
    const turn = ++this.#turn;
    this.result = null;
    this.problem = '';
    try {
      const result = await this.#train(rows, name, turn);
      if (turn === this.#turn) this.result = result;
    } catch (error) {
      if (turn === this.#turn) this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      if (turn === this.#turn) this.progress = null;
    }
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.#turn++;
    this.progress = null;
    if (this.#parts.lane.alive) this.#parts.lane.call((api) => api.endTraining()).catch(() => undefined);
  }

  /** Back to the beginning, as for another file. */
  forget(): void {
    this.cancel();
    this.result = null;
    this.problem = '';
  }

  async #train(rows: TrainingRows, name: string, turn: number): Promise<Trained | null> {
    const { lane, board: { votes, texts } } = this.#parts;
    this.progress = { what: 'loading', done: 0, total: 0 };
    const encoder = await this.#parts.encoder();
    const vectors = await this.#vectors(rows, { votes, texts }, turn);
    if (vectors === null) return null;
    const date = (this.#parts.today ?? ((): string => new Date().toISOString().slice(0, 10)))();
    await lane.call((api) => api.beginTraining(trainingData(rows, vectors), { name, encoder, date }));
    for (;;) {
      const step = await lane.call((api) => api.trainStep(STEP_MS));
      if (turn !== this.#turn) return null;
      this.progress = step;
      if (step.finished) break;
    }
    const result = await lane.call((api) => api.trained());
    return { ...result, learnt: { rows: rows.rows, leftOut: rows.leftOut, patterns: rows.patterns.length } };
  }

  /** Vectors of the patterns; those that rules decided have not been read yet. Null if given up. @param open what the patterns are numbers of: another table may come meanwhile */
  async #vectors({ patterns }: TrainingRows, { votes, texts }: Pick<TrainingParts['board'], 'votes' | 'texts'>, turn: number): Promise<readonly Float32Array[] | null> {
    const { embed } = this.#parts;
    const found = patterns.map((pattern) => votes.vectors[pattern]);
    const missing = found.flatMap((vector, at) => (vector === null ? [at] : []));
    for (let from = 0; from < missing.length; from += EMBED_BATCH) {
      if (turn !== this.#turn) return null;
      this.progress = { what: 'embedding', done: from, total: missing.length };
      const batch = missing.slice(from, from + EMBED_BATCH);
      const vectors = await embed(batch.map((at) => texts[patterns[at]]));
      if (vectors === null) throw new Failure('model-runtime', 'The language model that reads the lines is not loaded. Reload the page and train again.');
      batch.forEach((at, i) => { found[at] = vectors[i]; });
    }
    return turn === this.#turn ? found.filter((vector) => vector !== null) : null;
  }
}

/** The models of a training as they are put to use: each carries its classes itself. */
export function addedModels({ manifest, files }: TrainResult): AddedModel[] {
  return files.map(({ path, bytes }) => ({ name: `${manifest.name}: ${path.replace(/\.onnx$/, '').replaceAll('-', ' ')}`, bytes, classes: manifest.classes }));
}
