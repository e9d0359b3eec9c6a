import type { ReadProblem } from '../../contract/dialect.ts';
import { PROBLEM_CAP } from './entry.ts';
import type { ProblemList } from './entry.ts';

/** Collects problems: all are counted, the first PROBLEM_CAP are kept. */
export class ProblemLog implements ProblemList {
  readonly list: ReadProblem[] = [];
  count = 0;

  add(line: number, reason: ReadProblem['reason'], detail: string): void {
    this.count++;
    if (this.list.length < PROBLEM_CAP) this.list.push({ file: 0, line, reason, detail });
  }
}
