import type { HttpClass } from './pattern.ts';

/**
 * What makes a key a key, in words that hold across files and visits: stored with everything that a person teaches.
 * (The mask version stands once per collection, see MASK_VERSION.)
 */
export interface KeyId {
  /** Masked text. */
  readonly text: string;
  /** Index into LEVELS. */
  readonly level: number;
  readonly http: HttpClass;
  /**
   * Id of the rule that decided the key's rows, '' for none; null: whatever rule. Null is used unless rules divide the rows of
   * one masked text, so that what a person says outlives a change of the rules.
   */
  readonly rule: string | null;
}

/** What a person said of one pattern. Never refers to a pattern by number, so it survives reading again, and other files. */
export interface Lesson {
  /** The pattern's keys, the first one's text standing for it where models learn. Never empty. */
  readonly keys: readonly KeyId[];
  readonly label: string;
  /** A confirmation ("this is right") is a label as good as a correction. */
  readonly how: 'corrected' | 'confirmed';
  /** False: it rules its pattern, but the model does not learn from it ("Keep only mine"). */
  readonly teaches: boolean;
}

/** A category that a person added. */
export interface OwnCategory {
  readonly name: string;
  readonly meaning: string;
  /** #rrggbb on light and on dark. */
  readonly colour: { readonly light: string; readonly dark: string };
  /** Its patterns count as problems. */
  readonly problem: boolean;
}

/** Values that a pattern's placeholder takes. */
export interface SlotValues {
  /** Index of the token in the pattern's text split at single spaces. */
  readonly token: number;
  /** What stands there in the pattern's text, e.g. `<num>` or `<*>`. */
  readonly shown: string;
  /** Most frequent first. */
  readonly values: readonly { readonly value: string; readonly rows: number }[];
  /** Rows looked at. */
  readonly rows: number;
}

/** What a rule would do if it stood first. */
export interface RuleTrial {
  /** Rows looked at, and in all. */
  readonly seen: number;
  readonly total: number;
  readonly rows: number;
  /** Of those, rows that another rule decides now, by rule id. */
  readonly taken: readonly { readonly rule: string; readonly rows: number }[];
  /** Of those, rows in patterns that the person has labelled: these stay as they are. */
  readonly taught: number;
  /** A few messages that match, from different patterns. */
  readonly examples: readonly string[];
  readonly done: boolean;
}

/** A pattern as learning sees it. `vector` is null where the encoder has not read it. */
export interface LearnFrom {
  readonly text: string;
  readonly level: number;
  readonly label: string;
  readonly vector: Float32Array | null;
}

/** Patterns of the open files with their votes, column-wise: n patterns, d dims, C classes. */
export interface VotedBatch {
  readonly patterns: Uint32Array;
  readonly texts: readonly { readonly text: string; readonly level: number }[];
  /** n × d, L2-normalised; empty where only the word model has read them. */
  readonly vectors: Float32Array;
  /** n × C, as the models said before anything was taught. */
  readonly probabilities: Float32Array;
}

/** What the models say once they have learnt: n × C' probabilities of all patterns that were put, by pattern number. */
export interface Refit {
  /** Names of the classes: those of the vote, then what else was taught, in order of name. */
  readonly classes: readonly string[];
  readonly patterns: Uint32Array;
  readonly probabilities: Float32Array;
}
