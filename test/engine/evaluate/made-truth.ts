import { CATEGORY_NAMES, UNCLASSIFIED, UNCLASSIFIED_CODE } from '../../../src/contract/category.ts';
import type { Truth } from '../../../src/contract/truth.ts';
import { DECIDERS } from '../../../src/contract/verdict.ts';
import type { Decider } from '../../../src/contract/verdict.ts';
import { NO_GUESS } from '../../../src/contract/view.ts';
import type { VerdictColumns } from '../../../src/contract/view.ts';

export interface MadeVerdict {
  /** Unclassified if left out. */
  readonly label?: string;
  /** As `label` if left out. */
  readonly guess?: string;
  readonly confidence?: number;
  readonly by?: Decider;
  /** Rows by true label. */
  readonly truth: Readonly<Record<string, number>>;
}

/** Verdicts and labels of patterns, as deciding and reading would leave them. @param own categories beyond the built-in ones */
export function made(patterns: readonly MadeVerdict[], own: readonly string[] = []): { verdicts: VerdictColumns; truth: Truth } {
  const labels = [...CATEGORY_NAMES, UNCLASSIFIED, ...own];
  const trueLabels = [...new Set(patterns.flatMap(({ truth }) => Object.keys(truth)))];
  const code = (name: string | undefined, none: number): number => (name === undefined ? none : labels.indexOf(name));
  const cells = patterns.flatMap(({ truth }, pattern) => Object.entries(truth).map(([label, rows]) => ({ pattern, label: trueLabels.indexOf(label), rows })).sort((a, b) => a.label - b.label));
  return {
    verdicts: {
      labels,
      label: Uint8Array.from(patterns, ({ label }) => code(label, UNCLASSIFIED_CODE)),
      guess: Uint8Array.from(patterns, ({ label, guess }) => code(guess ?? label, NO_GUESS)),
      confidence: Float32Array.from(patterns, ({ confidence }) => confidence ?? 1),
      decider: Uint8Array.from(patterns, ({ by, label }) => DECIDERS.indexOf(by ?? (label === undefined ? 'none' : 'model'))),
      unsure: new Uint8Array(patterns.length), final: new Uint8Array(patterns.length).fill(1), problem: new Uint8Array(patterns.length),
    },
    truth: {
      column: 'target_label', labels: trueLabels, tooMany: false,
      pattern: Uint32Array.from(cells, ({ pattern }) => pattern), label: Uint8Array.from(cells, ({ label }) => label), rows: Float64Array.from(cells, ({ rows }) => rows),
    },
  };
}
