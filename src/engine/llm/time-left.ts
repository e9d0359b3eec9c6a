/** Of the questions asked so far the last ones tell how long the next take. */
const LOOKED_AT = 15;

/** Middle value; the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Seconds that so many questions will take. @param spent seconds of those asked in this run, in order @param secondsPerLine of a
 * trial, as long as few have been asked; NaN where there was none
 */
export function secondsLeft(questions: number, spent: readonly number[], secondsPerLine = NaN): number {
  if (questions === 0) return 0;
  const measured = median(spent.slice(-LOOKED_AT));
  const known = spent.length >= 3 || !(secondsPerLine > 0) ? measured : secondsPerLine;
  return questions * known;
}
