/** Who had the last word, in falling order of authority. Written to `decided_by`. */
export const DECIDERS = ['person', 'rule', 'model', 'llm', 'none'] as const;
export type Decider = (typeof DECIDERS)[number];

/** The opinions that make a vote, in the order of the vote's arrays. */
export const VOTERS = ['logistic-regression', 'random-forest', 'naive-bayes', 'lexical', 'neighbour'] as const;
export type Voter = (typeof VOTERS)[number];
/** What people are told of each. */
export const VOTER_NAMES: Readonly<Record<Voter, string>> = {
  'logistic-regression': 'logistic regression', 'random-forest': 'random forest', 'naive-bayes': 'naive Bayes', lexical: 'word model', neighbour: 'nearest example',
};

/** Why a verdict is Unclassified. '' where it is not. */
export type Unsure = '' | 'unsure' | 'unlike' | 'no-content' | 'pending';

export interface Verdict {
  /** target_label */
  readonly label: string;
  /** Person and rule: 1. Model: calibrated probability of the label. None: the best guess's. */
  readonly confidence: number;
  readonly decidedBy: Decider;
  /** The likeliest category, also where the label is Unclassified; '' if there is none. */
  readonly bestGuess: string;
  readonly unsure: Unsure;
  /** The encoder or the rules have spoken, or nothing more will come. */
  readonly final: boolean;
  /** One sentence for the person: which rule, which voters, which example. */
  readonly reason: string;
}

/** What models are shown of a pattern. A vote is a pure function of this, the model files and the back end. */
export interface PatternText {
  /** Masked text of the pattern's first key. */
  readonly text: string;
  /** Index into LEVELS. */
  readonly level: number;
}

/** Answers of the models for a batch of n patterns, column-wise; V voters are VOTERS. */
export interface VoteBatch {
  readonly n: number;
  /** Names of the C classes: CATEGORY_NAMES first, then those that added models know. */
  readonly classes: readonly string[];
  /** n × C: calibrated probability of each class. */
  readonly probabilities: Float32Array;
  /** n × V: index into CATEGORY_NAMES that each voter prefers, 255 where it did not vote. */
  readonly choices: Uint8Array;
  /** n × V: that voter's own (uncalibrated) confidence. */
  readonly confidences: Float32Array;
  /** n: index of the nearest labelled example, -1 if none. */
  readonly neighbour: Int32Array;
  /** n: cosine to it, 0…1. */
  readonly similarity: Float32Array;
  /** n: 0 = like what is known … 1 = unlike anything known. */
  readonly novelty: Float32Array;
  /** n × d: the encoder's vectors, L2-normalised; empty where only the word model has spoken. */
  readonly vectors: Float32Array;
}

/** Default of the threshold slider: below it the verdict is Unclassified. */
export const DEFAULT_THRESHOLD = 0.5;
