import type { VotedBatch } from '../../contract/teach.ts';
import { lexicalFeatures } from '../classify/lexical/features.ts';
import { textName } from '../classify/text-name.ts';
import type { Point } from './kernel.ts';
import { normalised } from './kernel.ts';

/** The patterns of the open files as learning sees them, in the order in which they were first put. */
export class PatternsPut {
  readonly patterns: number[] = [];
  readonly points: Point[] = [];
  /** By place: C probabilities before anything was taught. */
  readonly base: Float32Array[] = [];
  /** Places in the order of their changes: what was worked out for a place before its last entry here is stale. */
  readonly changes: number[] = [];
  private readonly placeOf = new Map<number, number>();
  private readonly keys: string[] = [];
  private readonly byKey = new Map<string, number>();

  get count(): number {
    return this.patterns.length;
  }

  /** @param classes C */
  put({ patterns, texts, vectors, probabilities }: VotedBatch, classes: number): void {
    const dims = patterns.length === 0 ? 0 : vectors.length / patterns.length;
    patterns.forEach((pattern, at) => {
      const { text, level } = texts[at];
      const key = textName({ text, level });
      const place = this.placeOf.get(pattern) ?? this.patterns.length;
      const known = this.keys[place] === key;
      if (!known && this.byKey.get(this.keys[place]) === place) this.byKey.delete(this.keys[place]);
      const words = known ? this.points[place].words : normalised(lexicalFeatures({ text, level }));
      this.placeOf.set(pattern, place);
      this.keys[place] = key;
      this.patterns[place] = pattern;
      this.points[place] = { vector: dims === 0 ? null : vectors.slice(at * dims, (at + 1) * dims), words, level };
      this.base[place] = probabilities.slice(at * classes, (at + 1) * classes);
      this.changes.push(place);
      const same = this.byKey.get(key);
      // Of patterns of one text the lowest number stands for it, whatever came first.
      if (same === undefined || this.patterns[same] > pattern) this.byKey.set(key, place);
    });
  }

  /** Place of the pattern of a text, or -1. */
  find(key: string): number {
    return this.byKey.get(key) ?? -1;
  }

  /** Place of a pattern, or -1. */
  place(pattern: number): number {
    return this.placeOf.get(pattern) ?? -1;
  }
}
