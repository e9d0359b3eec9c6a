export interface Opinion {
  readonly classes: readonly string[];
  /** n × classes, each row sums to 1. */
  readonly probabilities: Float32Array;
}

/** 'add': half the say is the base's, the other half is shared. 'replace': the base only keeps its place on the class axis. */
export type BlendMode = 'add' | 'replace';

/**
 * Linear opinion pool (Stone 1961): the weighted mean of what all say, a class that one does not know having probability 0 with it.
 * The classes are the base's, then those of the models in the order of first mention. Sums run in the models' order and a
 * row depends on nothing but itself. With no model it is the base, in either mode.
 * @param base n × baseClasses
 */
export function blend(base: Float32Array, baseClasses: readonly string[], models: readonly Opinion[], mode: BlendMode): Opinion {
  const classes = [...new Set([...baseClasses, ...models.flatMap((model) => model.classes)])];
  const share = mode === 'add' ? 0.5 / models.length : 1 / models.length;
  const voices = models.map((model) => ({ ...model, share }));
  if (mode === 'add' || models.length === 0) voices.unshift({ classes: baseClasses, probabilities: base, share: models.length === 0 ? 1 : 0.5 });
  const rows = base.length / baseClasses.length;
  const sums = new Float64Array(rows * classes.length);
  const place = new Map(classes.map((name, at) => [name, at]));
  for (const voice of voices) {
    if (voice.probabilities.length !== rows * voice.classes.length) throw new RangeError(`${voice.probabilities.length} probabilities for ${rows} rows of ${voice.classes.length} classes`);
    voice.classes.forEach((name, from) => {
      const to = place.get(name) ?? -1;
      for (let row = 0; row < rows; row += 1) sums[row * classes.length + to] += voice.share * voice.probabilities[row * voice.classes.length + from];
    });
  }
  return { classes, probabilities: Float32Array.from(sums) };
}
