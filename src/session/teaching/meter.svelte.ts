import { estimateRight } from '../../engine/teach/meter.ts';
import type { Estimate } from '../../engine/teach/meter.ts';
import type { OpenLog } from './open-log.ts';

/** How many lines are right, as far as the models' own doubt tells. */
export class Meter {
  readonly #session: Pick<OpenLog, 'table' | 'verdicts' | 'finalShare'>;
  /** Null before the models have seen everything: what is not decided yet would count as wrong. */
  readonly estimate = $derived.by<Estimate | null>(() => {
    const { table, verdicts, finalShare } = this.#session;
    return table === null || verdicts === null || finalShare < 1 ? null : estimateRight(table.rows, verdicts);
  });

  constructor(session: Pick<OpenLog, 'table' | 'verdicts' | 'finalShare'>) {
    this.#session = session;
  }
}
