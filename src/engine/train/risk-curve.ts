import type { CurvePoint } from '../../contract/training.ts';

/** As fine as the slider that the curve is for. */
const STEPS = 100;

/**
 * Coverage and accuracy at every hundredth of a threshold (El-Yaniv & Wiener 2010, turned from risk to accuracy).
 * @param weights rows that each answer stands for
 */
export function riskCurve(confidence: ArrayLike<number>, right: ArrayLike<boolean>, weights: ArrayLike<number>): CurvePoint[] {
  const answered = new Float64Array(STEPS + 1);
  const hits = new Float64Array(STEPS + 1);
  let total = 0;
  for (let i = 0; i < confidence.length; i += 1) {
    // The last threshold that this answer still passes.
    let step = Math.min(STEPS, Math.max(0, Math.floor(confidence[i] * STEPS)));
    while (step < STEPS && confidence[i] >= (step + 1) / STEPS) step += 1;
    while (step > 0 && confidence[i] < step / STEPS) step -= 1;
    answered[step] += weights[i];
    if (right[i]) hits[step] += weights[i];
    total += weights[i];
  }
  const curve: CurvePoint[] = [];
  let [sum, good] = [0, 0];
  for (let step = STEPS; step >= 0; step -= 1) {
    sum += answered[step];
    good += hits[step];
    if (sum > 0) curve.push({ threshold: step / STEPS, coverage: sum / total, accuracy: good / sum });
  }
  return curve.reverse();
}

/** The lowest threshold, so the one that answers most, at which the answers given are as right as wanted (0 … 1); null where none is. */
export function chooseThreshold(curve: readonly CurvePoint[], wantedAccuracy: number): CurvePoint | null {
  return curve.find(({ accuracy }) => accuracy >= wantedAccuracy) ?? null;
}

export interface RiskPoint {
  /** Share of the rows that are answered, the surest first. */
  readonly coverage: number;
  /** That of the least sure answer among them. */
  readonly confidence: number;
  /** Share of them that is wrong, 0…1. */
  readonly error: number;
}

/**
 * What answering only the surest so and so many rows would cost (Geifman & El-Yaniv 2017, "Selective classification for deep neural
 * networks"). Where a share ends amid answers of one confidence, their part counts in proportion, so their order does not matter.
 * @param weights rows that each answer stands for @param coverages rising shares, above 0 up to 1
 */
export function riskTable(confidence: ArrayLike<number>, right: ArrayLike<boolean>, weights: ArrayLike<number>, coverages: readonly number[]): RiskPoint[] {
  const groups = new Map<number, { rows: number; wrong: number }>();
  let total = 0;
  for (let i = 0; i < confidence.length; i += 1) {
    const group = groups.get(confidence[i]) ?? { rows: 0, wrong: 0 };
    groups.set(confidence[i], { rows: group.rows + weights[i], wrong: group.wrong + (right[i] ? 0 : weights[i]) });
    total += weights[i];
  }
  const falling = [...groups].sort(([a], [b]) => b - a);
  let [at, rows, wrong] = [0, 0, 0];
  return total === 0 ? [] : coverages.map((coverage) => {
    const wanted = coverage * total;
    while (at < falling.length - 1 && rows + falling[at][1].rows < wanted) {
      rows += falling[at][1].rows;
      wrong += falling[at][1].wrong;
      at += 1;
    }
    const [reached, group] = falling[at];
    return { coverage, confidence: reached, error: (wrong + (group.wrong * (wanted - rows)) / group.rows) / wanted };
  });
}
