import { NOTHING } from './opinion.ts';

/** What is scored: one entry per pattern and true class. Classes index CATEGORY_NAMES; NOTHING is Unclassified. */
export interface Truths {
  /** Patterns that opinions speak of, scored or not. */
  readonly patterns: number;
  /** By entry. */
  readonly pattern: Int32Array;
  readonly truth: Int32Array;
  /** By entry: lines that it stands for, or 1. */
  readonly weight: Float64Array;
  /** By pattern: what is drawn together when samples are taken, such as its family. Absent: each pattern by itself. */
  readonly together?: ArrayLike<number>;
}

/** Every scored line of every pattern. @param counts by pattern: its scored lines by class, the last one Unclassified; undefined where none is scored */
export function byLine(counts: readonly (readonly number[] | undefined)[]): Truths {
  const entries = counts.flatMap((count, pattern) => (count ?? []).flatMap((lines, truth) => (lines > 0 ? [{ pattern, truth, lines }] : [])));
  return {
    patterns: counts.length,
    pattern: Int32Array.from(entries, (entry) => entry.pattern),
    truth: Int32Array.from(entries, (entry) => entry.truth),
    weight: Float64Array.from(entries, (entry) => entry.lines),
  };
}

/** Every pattern once: its truth is the class that most of its scored lines have, the first of equals. */
export function byPattern(counts: readonly (readonly number[] | undefined)[]): Truths {
  return byLine(counts.map((count) => {
    const most = Math.max(0, ...(count ?? []));
    return most === 0 ? undefined : Array.from({ length: NOTHING + 1 }, (_, truth) => Number(truth === count?.indexOf(most)));
  }));
}

/** Patterns with one label each, every one standing for itself. */
export function labelled(labels: ArrayLike<number>): Truths {
  return { patterns: labels.length, pattern: Int32Array.from(labels, (_, row) => row), truth: Int32Array.from(labels), weight: new Float64Array(labels.length).fill(1) };
}

/** Only entries of patterns that pass. */
export function ofPatterns({ patterns, pattern, truth, weight, ...rest }: Truths, passes: (pattern: number) => boolean): Truths {
  const kept = Array.from(pattern.keys()).filter((entry) => passes(pattern[entry]));
  return {
    ...rest, patterns, pattern: Int32Array.from(kept, (entry) => pattern[entry]),
    truth: Int32Array.from(kept, (entry) => truth[entry]), weight: Float64Array.from(kept, (entry) => weight[entry]),
  };
}
