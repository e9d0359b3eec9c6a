/** True labels and verdicts on one axis of names, which match whatever their case. */
export interface LabelNames {
  /** Names of verdicts in the order of their codes, then those that only the truth has. Each as first written. */
  readonly names: readonly string[];
  /** Index into `names`, by code of a true label. */
  readonly ofTruth: readonly number[];
  /** Index into `names`, by code of a verdict's label. */
  readonly ofVerdict: readonly number[];
}

/** Puts the labels of verdicts and of the truth on one axis. */
export function labelNames(verdicts: readonly string[], truth: readonly string[]): LabelNames {
  const names: string[] = [];
  const places = new Map<string, number>();
  const place = (name: string): number => {
    const key = name.trim().toLowerCase();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, names.length);
    return names.push(name) - 1;
  };
  const ofVerdict = verdicts.map(place);
  return { names, ofVerdict, ofTruth: truth.map(place) };
}
