export interface RowWeightOptions {
  /** One per row; 1 where left out. */
  readonly sampleWeights?: ArrayLike<number>;
  /** 'balanced': every class present weighs the same, whatever its number of rows. */
  readonly classWeight?: 'balanced' | 'none';
}

/**
 * What each row counts: its sample weight times its class's weight, which for 'balanced' is
 * Σw ÷ (classes present · Σw of the class), as scikit-learn's compute_class_weight has it.
 */
export function rowWeights(labels: ArrayLike<number>, classes: number, options: RowWeightOptions = {}): Float64Array {
  const weights = new Float64Array(labels.length);
  for (let i = 0; i < weights.length; i += 1) weights[i] = options.sampleWeights ? options.sampleWeights[i] : 1;
  if (options.classWeight !== 'balanced') return weights;
  const totals = classTotals(labels, classes, weights);
  const present = totals.filter((total) => total > 0).length;
  const sum = totals.reduce((a, b) => a + b, 0);
  for (let i = 0; i < weights.length; i += 1) if (weights[i] > 0) weights[i] *= sum / (present * totals[labels[i]]);
  return weights;
}

/** Summed weight per class. A label outside 0 … classes − 1 is a RangeError. */
export function classTotals(labels: ArrayLike<number>, classes: number, weights: ArrayLike<number>): Float64Array {
  const totals = new Float64Array(classes);
  for (let i = 0; i < labels.length; i += 1) {
    if (!(labels[i] >= 0 && labels[i] < classes)) throw new RangeError(`label ${labels[i]} of row ${i} is not one of ${classes} classes`);
    totals[labels[i]] += weights[i];
  }
  return totals;
}
