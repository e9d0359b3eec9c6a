/** A bundle of 200,000 verdicts and three forests stays below; what is larger is none of ours, and would stop the page. */
export const BUNDLE_BYTES_MAX = 96 << 20;
/** JSON values in all: what they take in memory has little to do with what they take in the file. */
export const VALUES_MAX = 3_000_000;
/** Lists and objects within one another. Ours have 7 (a place in a split). */
export const DEPTH_MAX = 16;

/** Items of each list. */
export const LESSONS_MAX = 100_000;
export const KEYS_MAX = 200_000;
export const CATEGORIES_MAX = 200;
/** Of each kind; own rules are further limited by what they cost (check-rule.ts). */
export const RULES_MAX = 10_000;
export const PLACES_MAX = 64;
export const MODELS_MAX = 32;
export const CLASSES_MAX = 240;
export const VERDICTS_MAX = 250_000;
export const EXAMPLES_MAX = 20_000;

/** Characters. A masked text has at most 1,024 bytes before keys merge; `<*>` may make it longer. */
export const MASKED_MAX = 8_192;
export const LABEL_MAX = 120;
export const MODEL_NAME_MAX = 300;
export const SENTENCE_MAX = 1_000;
export const EXPRESSION_MAX = 5_000;
/** A split may hold a whole message. */
export const VALUE_MAX = 1 << 16;
export const MESSAGE_MAX = 4_000;
export const MODEL_BYTES_MAX = 64 << 20;

/** Verdicts written at most, in characters of text: those of the patterns with most rows. */
export const VERDICT_CHARS_MAX = 24 << 20;
