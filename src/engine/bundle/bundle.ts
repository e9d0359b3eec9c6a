import type { AddedMode } from '../../contract/model.ts';
import type { RuleChanges } from '../../contract/rule.ts';
import type { KeyId, Lesson, OwnCategory } from '../../contract/teach.ts';
import type { Decider, PatternText, Unsure } from '../../contract/verdict.ts';

export const BUNDLE_FORMAT = 'winnow-bundle';
export const BUNDLE_VERSION = 1;
/** How a bundle's file name ends. */
export const BUNDLE_ENDING = '.winnow.json';

/** What models (or nobody) said of a pattern in the end. What persons and rules said follows from lessons and rules. */
export interface RecordedVerdict extends PatternText {
  readonly label: string;
  /** The likeliest category; '' if there was none. */
  readonly guess: string;
  readonly confidence: number;
  readonly by: RecordedDecider;
  readonly unsure: Unsure;
}
export const RECORDED_DECIDERS = ['model', 'llm', 'none'] as const satisfies readonly Decider[];
export type RecordedDecider = (typeof RECORDED_DECIDERS)[number];

/** A model that a person added, with its file. */
export interface BundledModel {
  readonly name: string;
  /** Names of its classes where the file itself does not carry them, else null. */
  readonly classes: readonly string[] | null;
  /** Of `onnx`, lower-case hex. */
  readonly sha256: string;
  readonly onnx: Uint8Array;
}

/** Result of the last spot check: `correct` of `judged` lines drawn at random were right. */
export interface BundledSpotCheck {
  readonly correct: number;
  readonly judged: number;
  /** 95 % interval of the share that is right, 0…1. */
  readonly low: number;
  readonly high: number;
  readonly seed: number;
  /** When it ended, ISO 8601. */
  readonly date: string;
}

/** A line as it stands in a log. Only where the person ticked that they go in. */
export interface RawExample extends PatternText {
  readonly message: string;
}

/** What counts as having been taught; two bundles are merged in these parts. */
export interface TaughtParts {
  /** 0…1. */
  readonly threshold: number;
  readonly categories: readonly OwnCategory[];
  readonly rules: RuleChanges;
  readonly lessons: readonly Lesson[];
  /** In the order in which they vote. */
  readonly models: readonly BundledModel[];
  /** Whether they vote beside the page's own models or instead of them. */
  readonly modelMode: AddedMode;
}

/** Everything that a bundle holds. */
export interface Bundle extends TaughtParts {
  /** Masked texts mean the same only within one version of the masking. */
  readonly maskVersion: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Version of the program. */
  readonly madeBy: string;
  /** As of the very lessons, rules, models and threshold above; in no order that means anything, one per text and level. */
  readonly verdicts: readonly RecordedVerdict[];
  readonly spotCheck: BundledSpotCheck | null;
  readonly examples: readonly RawExample[];
}

/** By code unit: the same order on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** By text, level, HTTP class, rule. */
export function compareKeys(a: KeyId, b: KeyId): number {
  return compareTexts(a.text, b.text) || a.level - b.level || a.http - b.http || compareTexts(a.rule ?? '', b.rule ?? '') || Number(a.rule !== null) - Number(b.rule !== null);
}

export function comparePatternTexts(a: PatternText, b: PatternText): number {
  return compareTexts(a.text, b.text) || a.level - b.level;
}
