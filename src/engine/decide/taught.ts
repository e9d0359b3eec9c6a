import type { OwnCategory } from '../../contract/teach.ts';

/** What a person said of a pattern of the files that are open. */
export interface Said {
  readonly label: string;
  readonly how: 'corrected' | 'confirmed';
  /** As of Lesson. */
  readonly teaches: boolean;
}

/** Everything about verdicts that comes from a person. */
export interface Taught {
  /** By pattern number. */
  readonly said: ReadonlyMap<number, Said>;
  readonly categories: readonly OwnCategory[];
}

export const NOTHING_TAUGHT: Taught = { said: new Map(), categories: [] };
