import { CATEGORY_NAMES, UNCLASSIFIED } from '../../src/contract/category.ts';
import { score } from '../../src/engine/train/metrics.ts';
import type { Item } from './items.ts';

const CLASSES = CATEGORY_NAMES.length;

export interface Row {
  readonly name: string;
  readonly items: number;
  /** Accuracy and macro-F1 (over the classes present) of the likeliest category, whatever its confidence. */
  readonly accuracy: number;
  readonly macroF1: number;
  /** Share of items with a confidence at or above the threshold, and how many of those are right. */
  readonly coverage: number;
  readonly answered: number;
  /** Accuracy where Unclassified counts as wrong. */
  readonly strict: number;
  readonly majority: number;
  readonly rules: number;
}

/** Figures of one set of items. */
export function rowOf(name: string, items: readonly Item[]): Row {
  const truth = items.map((item) => item.truth);
  const guess = score(truth, items.map((item) => item.guess), CLASSES);
  const answered = items.filter((item) => item.said < CLASSES);
  const counts = new Array<number>(CLASSES + 1).fill(0);
  for (const label of truth) counts[label]++;
  return {
    name, items: items.length, accuracy: guess.accuracy, macroF1: guess.macroF1,
    coverage: answered.length / items.length,
    answered: share(answered, (item) => item.said === item.truth),
    strict: share(items, (item) => item.said === item.truth),
    majority: Math.max(...counts) / items.length,
    rules: share(items, (item) => item.rule === item.truth),
  };
}

function share(items: readonly Item[], right: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(right).length / items.length;
}

/** A table with one line per row. */
export function printRows(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  console.log(`${'log'.padEnd(22)}${['items', 'accuracy', 'macro-F1', 'coverage', 'answered right', 'strict', '| majority', 'rules alone'].map((name) => name.padStart(15)).join('')}`);
  for (const row of rows) {
    const cells = [String(row.items), ...[row.accuracy, row.macroF1, row.coverage, row.answered, row.strict, row.majority, row.rules].map((value) => value.toFixed(3))];
    console.log(`${row.name.padEnd(22)}${cells.map((cell) => cell.padStart(15)).join('')}`);
  }
}

/** Rows: truth; columns: verdict at the threshold, Unclassified last. */
export function printConfusion(title: string, items: readonly Item[]): void {
  const counts = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES + 1).fill(0));
  for (const item of items) if (item.truth < CLASSES) counts[item.truth][item.said]++;
  const short = (name: string) => name.replace(/[a-z]+/g, (word) => word.slice(0, 3)).replace(' ', '');
  console.log(`\n${title} (down: truth, across: verdict)`);
  console.log(`${''.padEnd(22)}${[...CATEGORY_NAMES, UNCLASSIFIED].map((name) => short(name).padStart(9)).join('')}`);
  counts.forEach((row, truth) => {
    if (row.some((count) => count > 0)) console.log(`${CATEGORY_NAMES[truth].padEnd(22)}${row.map((count) => String(count || '·').padStart(9)).join('')}`);
  });
}
