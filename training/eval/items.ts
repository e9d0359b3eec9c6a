import { CATEGORY_NAMES, UNCLASSIFIED } from '../../src/contract/category.ts';
import type { EngineRun } from './engine.ts';
import { NOTHING } from './opinion.ts';

/** Class of a label, an index into CATEGORY_NAMES or NOTHING for Unclassified; -1 for lines that are left out of a score (`?`) or that nobody labels so. */
export function classOf(label: string): number {
  return label === UNCLASSIFIED ? NOTHING : (CATEGORY_NAMES as readonly string[]).indexOf(label);
}

/** Scored physical lines by class (the last one Unclassified) of each pattern that has any; lines of an entry over several lines share its pattern. */
export function truthCounts(run: EngineRun, labels: readonly string[]): Map<number, number[]> {
  const counts = new Map<number, number[]>();
  let row = -1;
  labels.forEach((label, index) => {
    while (row + 1 < run.lineOf.length && run.lineOf[row + 1] <= index + 1) row++;
    const truth = classOf(label);
    if (truth < 0 || row < 0) return;
    const pattern = run.patternOf[row];
    let count = counts.get(pattern);
    if (count === undefined) counts.set(pattern, (count = new Array<number>(NOTHING + 1).fill(0)));
    count[truth]++;
  });
  return counts;
}
