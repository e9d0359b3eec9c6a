import type { BuiltInCategory } from './category.ts';

/** How often the shipped models are right about a category, on messages of families of programs that they had not learnt from. Shares, 0…1. */
export interface CategoryLimits {
  readonly name: BuiltInCategory;
  /** Messages of this category that were tried. */
  readonly messages: number;
  /** Of what was called so, the share that is; null where nothing was. */
  readonly precision: number | null;
  /** Of what is so, the share that was called so; null where none was tried. */
  readonly recall: number | null;
  /** Share of the messages of this category to which two readers, apart from each other, gave the same label; null where not known. */
  readonly agreement: number | null;
}

/** The measured limits of the shipped models: `public/models/classify/limits.json`. The likeliest category counts, however unsure. Shares, 0…1. */
export interface ModelLimits {
  /** Messages that were tried. */
  readonly messages: number;
  readonly accuracy: number;
  /** Mean F1 over the categories that occur. */
  readonly macroF1: number;
  /** Expected calibration error, 10 bins of equal mass. */
  readonly calibrationError: number;
  /** Answers of at least this confidence; `right`: share of them, null where there are none. */
  readonly sure: { readonly confidence: number; readonly messages: number; readonly right: number | null };
  /** How often the two readers agreed over all. */
  readonly agreement: number;
  /** In the order of CATEGORIES, each once. */
  readonly categories: readonly CategoryLimits[];
}
