/** The classifiers that a person trains in the tab. */
export const TRAINED_MODELS = ['logistic-regression', 'random-forest', 'naive-bayes'] as const;
export type TrainedModel = (typeof TRAINED_MODELS)[number];
/** Whose answers are scored: each model's, and the mean of their probabilities. */
export const SCORED = [...TRAINED_MODELS, 'mean'] as const;
export type Scored = (typeof SCORED)[number];

/** Rows with labels, by pattern: P patterns, d dims, C classes; the last three arrays are parallel, one entry per pattern and label. */
export interface TrainingData {
  /** P × d, L2-normalised. */
  readonly vectors: Float32Array;
  readonly dims: number;
  /** Names, each once; at most 200. */
  readonly classes: readonly string[];
  readonly pattern: Uint32Array;
  /** Index into `classes`. */
  readonly label: Uint8Array;
  /** Rows of that pattern with that label; at least 1. */
  readonly rows: Float64Array;
}

export interface TrainingOptions {
  readonly name: string;
  /** EncoderInfo.id of whatever made the vectors. */
  readonly encoder: string;
  /** When, in words for the manifest, e.g. ISO 8601. */
  readonly date: string;
  readonly seed?: number;
  /** Parts that validation cuts the rows into; fewer where there are fewer patterns. */
  readonly folds?: number;
}

export type TrainPhase = 'grouped' | 'random' | 'final';

/** Units: trees, and steps of logistic regression. */
export interface TrainStep {
  readonly done: number;
  readonly total: number;
  readonly finished: boolean;
  /** What is being fitted: for the validation by pattern, for the one by row, or for good. */
  readonly what: { readonly phase: TrainPhase; readonly model: TrainedModel };
}

export interface ClassFigures {
  /** Rows of the class. */
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Of Figures, what a manifest keeps: no confusion. */
export interface KeptFigures {
  /** Rows tested. */
  readonly rows: number;
  readonly accuracy: number;
  readonly macroF1: number;
  /** Parallel to `classes`. */
  readonly perClass: readonly ClassFigures[];
}

/** All by rows, on rows that the model had not learnt from. */
export interface Figures extends KeptFigures {
  /** confusion[truth][predicted], in rows. */
  readonly confusion: readonly (readonly number[])[];
}

/** What happens if only answers with at least this confidence are given. */
export interface CurvePoint {
  readonly threshold: number;
  /** Share of rows answered. */
  readonly coverage: number;
  /** Share of these that are right. */
  readonly accuracy: number;
}

export interface Validation {
  /** In how many parts the rows were cut; a part was predicted by models fitted on the others. */
  readonly folds: number;
  /** All rows of a pattern in one part. */
  readonly grouped: Readonly<Record<Scored, Figures>>;
  /** Rows dealt out whatever their pattern: near-copies of what is asked were learnt, so this flatters. Of a large file not every part is predicted. */
  readonly random: Readonly<Record<Scored, Figures>>;
  /** Of the mean's grouped answers, by rising threshold; points that answer nothing are left out. */
  readonly curve: readonly CurvePoint[];
}

/** The JSON beside three ONNX files that were trained together. Holds names and numbers, no text of any log. */
export interface TrainedManifest {
  readonly version: 1;
  readonly kind: 'trained';
  /** What the person calls it. */
  readonly name: string;
  /** The class axis of all files, which also carry it themselves (metadata_props "classes", a JSON list). */
  readonly classes: readonly string[];
  /** Length of the vectors. */
  readonly dims: number;
  /** EncoderInfo.id of the encoder whose vectors were learnt from: those of another must not be asked about. */
  readonly encoder: string;
  readonly files: readonly { readonly model: TrainedModel; readonly path: string; readonly bytes: number; readonly sha256: string }[];
  readonly trained: {
    readonly date: string;
    readonly rows: number;
    /** What they counted as in fitting: fewer where the file has very many. */
    readonly rowsCounted: number;
    readonly patterns: number;
    readonly seed: number;
  };
  /** Null where there were too few patterns to keep some aside. */
  readonly validation: {
    readonly folds: number;
    readonly grouped: Readonly<Record<Scored, KeptFigures>>;
    readonly random: Readonly<Record<Scored, KeptFigures>>;
    readonly curve: readonly CurvePoint[];
  } | null;
}

export interface TrainedFile {
  readonly model: TrainedModel;
  /** Suggested file name. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface TrainResult {
  readonly manifest: TrainedManifest;
  readonly files: readonly TrainedFile[];
  /** Null where there were too few patterns to keep some aside. */
  readonly validation: Validation | null;
}
