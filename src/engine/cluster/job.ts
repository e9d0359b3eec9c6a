import type { JobStep } from '../../contract/teach-api.ts';

/** Work that its caller drives: it may stop asking at any time, and that is all there is to cancelling. */
export interface Job<T> {
  /** Works for about `budgetMs`, at least one piece. Does nothing once finished. */
  step(budgetMs: number): JobStep;
  /** @throws Error before the job is finished */
  result(): T;
}

/** Milliseconds from anywhere. */
export type Clock = () => number;
const wallClock: Clock = () => performance.now();

/** A job from a generator that yields, after each piece of work, how many of `total` units are done. */
export function createJob<T>(total: number, work: Generator<number, T>, now: Clock = wallClock): Job<T> {
  // One more than is ever done before the end, so that all done means finished.
  const whole = total + 1;
  let done = 0;
  let outcome: { readonly value: T } | undefined;
  return {
    step(budgetMs) {
      for (const until = now() + budgetMs; outcome === undefined;) {
        const piece = work.next();
        if (piece.done === true) outcome = { value: piece.value };
        else done = Math.min(whole - 1, piece.value);
        if (now() >= until) break;
      }
      return { done: outcome === undefined ? done : whole, total: whole, finished: outcome !== undefined };
    },
    result() {
      if (outcome === undefined) throw new Error('the job has not finished');
      return outcome.value;
    },
  };
}
