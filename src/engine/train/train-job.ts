import { SCORED } from '../../contract/training.ts';
import type { Figures, KeptFigures, Scored, TrainPhase, TrainResult, TrainStep, TrainedManifest, TrainedModel, TrainingData, TrainingOptions, Validation } from '../../contract/training.ts';
import { checkTrainingData } from './check-training-data.ts';
import { createRandom } from './random.ts';
import { TREES, entriesOf, fittingModels } from './train-models.ts';
import type { Entries, FittedModels } from './train-models.ts';
import { groupedRounds, rowRounds } from './training-splits.ts';
import { validatingModels } from './validate-models.ts';
import { listTrained, writeTrained } from './write-trained.ts';

export interface TrainOptions extends TrainingOptions {
  /** Milliseconds. */
  readonly now?: () => number;
}

export interface TrainJob {
  /** Works for about `budgetMs`, at least one unit. Between steps the job may simply be dropped. */
  step(budgetMs: number): TrainStep;
  /** The same data and options give the same bytes. @throws Error before the last step */
  result(): Promise<TrainResult>;
}

/**
 * Rows written out beyond this change a model no more, only its cost (and drown the penalty of logistic regression):
 * where a file has more, each counts for less, in proportion.
 */
export const ROWS_COUNTED_AT_MOST = 20_000;
const FOLDS = 5;
/** So many rows give the flattering figure to about one in a hundred; a file with more need not be gone through whole for it. */
const RANDOM_ROWS = 400;
const SEED = 1;
/** Logistic regression counts as so many units, however many steps it takes. */
const LINEAR_UNITS = 100;
const UNITS_PER_FIT = LINEAR_UNITS + 1 + TREES;

/** Validates and trains logistic regression, random forest and naive Bayes. @throws Failure 'training-refused' */
export function createTrainJob(data: TrainingData, options: TrainOptions): TrainJob {
  checkTrainingData(data);
  const folds = Math.min(options.folds ?? FOLDS, new Set(data.pattern).size);
  const now = options.now ?? ((): number => performance.now());
  const rounds = { grouped: folds < 2 ? 0 : folds, random: folds < 2 ? 0 : Math.min(folds, Math.ceil(RANDOM_ROWS / (rowsOf(data) / folds))) };
  const work = training(data, rounds, options.seed ?? SEED);
  const total = (rounds.grouped + rounds.random + 1) * UNITS_PER_FIT;
  const count = new UnitCount();
  let trained: Trained | undefined;
  let what: TrainStep['what'] = { phase: folds >= 2 ? 'grouped' : 'final', model: 'logistic-regression' };
  return {
    step(budgetMs) {
      for (const until = now() + budgetMs; trained === undefined;) {
        const next = work.next();
        if (next.done) trained = next.value;
        else {
          what = next.value;
          count.pass(what.model);
          if (now() >= until) break;
        }
      }
      return { done: trained === undefined ? Math.min(count.done, total - 1) : total, total, finished: trained !== undefined, what };
    },
    async result() {
      if (trained === undefined) throw new Error('the training has not finished');
      return finished(data, options, trained);
    },
  };
}

interface Trained {
  readonly models: FittedModels;
  readonly validation: Validation | null;
}

/** How many rounds each validation takes; 0: none. */
interface Rounds {
  readonly grouped: number;
  readonly random: number;
}

function* training(data: TrainingData, rounds: Rounds, seed: number): Generator<TrainStep['what'], Trained> {
  const entries = entriesOf(data);
  const scale = scaleOf(data);
  const validation = rounds.grouped === 0 ? null : yield* validating(data, entries, rounds, seed);
  const models = yield* inPhase('final', fittingModels(entries, data.rows.map((n) => n * scale), createRandom(seed)));
  return { models, validation };
}

function* validating(data: TrainingData, entries: Entries, rounds: Rounds, seed: number): Generator<TrainStep['what'], Validation> {
  const folds = rounds.grouped;
  const scale = scaleOf(data);
  // Each part draws from its own numbers, so that one can change and the others stay.
  const byPattern = groupedRounds(data, folds, createRandom(seed));
  const grouped = yield* inPhase('grouped', validatingModels(entries, data.rows, byPattern, scale, createRandom(seed)));
  const byRow = rowRounds(data, folds, createRandom(seed)).slice(0, rounds.random);
  const random = yield* inPhase('random', validatingModels(entries, data.rows, byRow, scale, createRandom(seed)));
  return { folds, grouped: grouped.figures, random: random.figures, curve: grouped.curve };
}

function* inPhase<T>(phase: TrainPhase, work: Generator<TrainedModel, T>): Generator<TrainStep['what'], T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    yield { phase, model: step.value };
  }
}

function rowsOf({ rows }: TrainingData): number {
  return rows.reduce((a, b) => a + b, 0);
}

function scaleOf(data: TrainingData): number {
  return Math.min(1, ROWS_COUNTED_AT_MOST / rowsOf(data));
}

async function finished(data: TrainingData, { name, encoder, date, seed }: TrainOptions, { models, validation }: Trained): Promise<TrainResult> {
  const files = writeTrained(models, data.classes, encoder);
  const rows = rowsOf(data);
  const kept = (figures: Validation['grouped']): Record<Scored, KeptFigures> => Object.fromEntries(SCORED.map((each) => [each, withoutConfusion(figures[each])])) as Record<Scored, KeptFigures>;
  const manifest: TrainedManifest = {
    version: 1, kind: 'trained', name, classes: [...data.classes], dims: data.dims, encoder, files: await listTrained(files),
    trained: { date, rows, rowsCounted: Math.round(rows * scaleOf(data)), patterns: new Set(data.pattern).size, seed: seed ?? SEED },
    validation: validation && { folds: validation.folds, grouped: kept(validation.grouped), random: kept(validation.random), curve: validation.curve },
  };
  return { manifest, files, validation };
}

function withoutConfusion({ rows, accuracy, macroF1, perClass }: Figures): KeptFigures {
  return { rows, accuracy, macroF1, perClass };
}

/** Units done, from the pauses of one fit after another. */
class UnitCount {
  done = 0;
  private fitted = 0;
  private last: TrainedModel = 'logistic-regression';

  pass(model: TrainedModel): void {
    // A fit begins with logistic regression, after the forest of the one before.
    if (model === 'logistic-regression' && this.last === 'random-forest') this.begin(this.fitted + 1);
    const start = this.fitted * UNITS_PER_FIT;
    if (model === 'naive-bayes') this.done = start + LINEAR_UNITS;
    else if (model === 'random-forest') this.done = Math.max(this.done, start + LINEAR_UNITS + 1) + 1;
    else this.done = Math.min(this.done + 1, start + LINEAR_UNITS);
    this.last = model;
  }

  private begin(fit: number): void {
    this.fitted = fit;
    this.done = fit * UNITS_PER_FIT;
  }
}
