import { CATEGORY_NAMES, UNCLASSIFIED } from '../../src/contract/category.ts';
import type { EngineRun } from './engine.ts';

/** One thing that is scored: a physical line, or a pattern with its lines. Classes index CATEGORY_NAMES. */
export interface Item {
  readonly truth: number;
  /** The category said, or the class count where the verdict is Unclassified. */
  readonly said: number;
  /** The likeliest category, whatever the threshold; the class count if there is none. */
  readonly guess: number;
  readonly confidence: number;
  /** What rules alone say; the class count if none matches. */
  readonly rule: number;
}

const NOTHING = CATEGORY_NAMES.length;

/** Class of a label; -1 for lines that are left out of a score (`?`) or that nobody labels so. */
export function classOf(label: string): number {
  return label === UNCLASSIFIED ? NOTHING : (CATEGORY_NAMES as readonly string[]).indexOf(label);
}

/** Items by line: every scored physical line; lines of an entry over several lines share its verdict. */
export function lineItems(run: EngineRun, labels: readonly string[]): Item[] {
  const items: Item[] = [];
  eachScored(run, labels, (pattern, truth) => items.push(itemOf(run, pattern, truth)));
  return items;
}

/** Items by pattern: its truth is the label that most of its scored lines carry. */
export function patternItems(run: EngineRun, labels: readonly string[]): Item[] {
  return [...truthCounts(run, labels)].map(([pattern, count]) => itemOf(run, pattern, count.indexOf(Math.max(...count))));
}

/** Scored lines by class (the last one Unclassified) of each pattern that has any. */
export function truthCounts(run: EngineRun, labels: readonly string[]): Map<number, number[]> {
  const counts = new Map<number, number[]>();
  eachScored(run, labels, (pattern, truth) => {
    let count = counts.get(pattern);
    if (count === undefined) counts.set(pattern, (count = new Array<number>(NOTHING + 1).fill(0)));
    count[truth]++;
  });
  return counts;
}

function eachScored(run: EngineRun, labels: readonly string[], use: (pattern: number, truth: number) => void): void {
  let row = -1;
  labels.forEach((label, index) => {
    while (row + 1 < run.lineOf.length && run.lineOf[row + 1] <= index + 1) row++;
    const truth = classOf(label);
    if (truth >= 0 && row >= 0) use(run.patternOf[row], truth);
  });
}

function itemOf(run: EngineRun, pattern: number, truth: number): Item {
  const { verdicts, result } = run;
  const guess = verdicts.guess[pattern];
  return {
    truth,
    said: classOf(verdicts.labels[verdicts.label[pattern]]),
    guess: guess < NOTHING ? guess : NOTHING,
    confidence: verdicts.confidence[pattern],
    rule: result.table.rule[pattern] < 0 ? NOTHING : guess,
  };
}
