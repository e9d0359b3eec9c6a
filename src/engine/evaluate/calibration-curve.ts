/** Answers of about equal confidence. */
export interface CalibrationBin {
  readonly rows: number;
  /** Mean, 0…1. */
  readonly confidence: number;
  /** Share of rows whose answer is right, 0…1. */
  readonly right: number;
}

export interface CalibrationCurve {
  /** By rising confidence; empty where nothing was answered. */
  readonly bins: readonly CalibrationBin[];
  /** Mean of |confidence − share right| over the bins, by rows: the expected calibration error. */
  readonly error: number;
}

export const CALIBRATION_BINS = 10;

/**
 * How often answers of a confidence are right, in bins of equally many rows (Nixon et al. 2019, "Measuring Calibration in Deep
 * Learning"). Answers of one confidence that a border cuts are divided in proportion, so their order does not matter.
 * @param right share of each answer's rows for which it is right @param rows that each answer stands for
 */
export function calibrationCurve(confidence: ArrayLike<number>, right: ArrayLike<number>, rows: ArrayLike<number>, bins = CALIBRATION_BINS): CalibrationCurve {
  const groups = new Map<number, { rows: number; hits: number }>();
  let total = 0;
  for (let i = 0; i < confidence.length; i++) {
    const group = groups.get(confidence[i]);
    const hits = right[i] * rows[i];
    if (group === undefined) groups.set(confidence[i], { rows: rows[i], hits });
    else {
      group.rows += rows[i];
      group.hits += hits;
    }
    total += rows[i];
  }
  const sums = Array.from({ length: bins }, () => ({ rows: 0, confidence: 0, hits: 0 }));
  let before = 0;
  for (const [value, group] of [...groups].sort(([a], [b]) => a - b)) {
    for (let bin = 0; bin < bins; bin++) {
      const part = Math.min(before + group.rows, ((bin + 1) * total) / bins) - Math.max(before, (bin * total) / bins);
      if (part <= 0) continue;
      sums[bin].rows += part;
      sums[bin].confidence += part * value;
      sums[bin].hits += (part * group.hits) / group.rows;
    }
    before += group.rows;
  }
  const filled = sums.filter((sum) => sum.rows > 0);
  return {
    bins: filled.map((sum) => ({ rows: sum.rows, confidence: sum.confidence / sum.rows, right: sum.hits / sum.rows })),
    error: total === 0 ? 0 : filled.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.hits), 0) / total,
  };
}
