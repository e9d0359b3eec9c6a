import type { Truth } from '../contract/truth.ts';
import { NO_FILTER } from '../contract/view.ts';
import type { VerdictColumns } from '../contract/view.ts';
import { evaluate } from '../engine/evaluate/evaluate.ts';
import type { EvaluatedClass, Evaluation as Figures } from '../engine/evaluate/evaluate.ts';
import type { View } from './view.svelte.ts';

/** What is compared. */
export interface Evaluated {
  readonly truth: Truth | null;
  readonly verdicts: VerdictColumns | null;
}

/** Today's verdicts beside the labels that the open files carry; follows every correction and the threshold. */
export class Evaluation {
  readonly #session: Evaluated;
  readonly #view: View;
  /** Null where the files carry no labels. */
  readonly figures = $derived.by<Figures | null>(() => {
    const { truth, verdicts } = this.#session;
    return truth === null || verdicts === null ? null : evaluate(verdicts, truth);
  });

  constructor(session: Evaluated, view: View) {
    this.#session = session;
    this.#view = view;
  }

  get truth(): Truth | null {
    return this.#session.truth;
  }

  /** Shows the rows with this label; with a verdict, those of them that have it. */
  showRows(truth: EvaluatedClass, verdict: EvaluatedClass | null): void {
    const view = this.#view;
    // Counts are over all rows, so no earlier condition may stay.
    view.narrow({ ...NO_FILTER, truths: truth.truths, labels: verdict === null ? null : verdict.labels });
    view.rowText = '';
    view.showRows(null);
  }

  /** Whether the rows of this cell are what is shown. */
  shows(truth: EvaluatedClass, verdict: EvaluatedClass): boolean {
    const { truths, labels } = this.#view.filter;
    return truths !== null && labels !== null && truths.join() === truth.truths.join() && labels.join() === verdict.labels.join();
  }
}
