/** Runs work that can be paused to its end without a pause; gives its result. */
export function drain<T>(work: Generator<unknown, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
