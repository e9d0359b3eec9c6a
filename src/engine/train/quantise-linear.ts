import type { LinearModel } from './logistic-regression.ts';

/** A linear model with weights in a byte each: weight = step × scale of its class. The bias stays as it is. */
export interface QuantisedLinear {
  readonly features: number;
  readonly classes: number;
  /** features × classes, −127 … 127. */
  readonly steps: Int8Array;
  /** One per class. */
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}

/** Symmetric rounding to 255 steps, one scale per class: the class's largest weight is ±127. */
export function quantiseLinear(model: LinearModel): QuantisedLinear {
  const { features, classes, weights, bias } = model;
  const scales = new Float32Array(classes);
  for (let i = 0; i < weights.length; i += 1) scales[i % classes] = Math.max(scales[i % classes], Math.abs(weights[i]) / 127);
  const steps = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i += 1) {
    const scale = scales[i % classes];
    // The scale, rounded to 32 bits, may put the largest weight a hair past 127.
    steps[i] = scale === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(weights[i] / scale)));
  }
  return { features, classes, steps, scales, bias };
}

/** What the quantised file computes: for measuring, and for predicting without a runtime. */
export function dequantiseLinear(model: QuantisedLinear): LinearModel {
  const { features, classes, steps, scales, bias } = model;
  return { features, classes, weights: Float32Array.from(steps, (step, i) => step * scales[i % classes]), bias, iterations: 0, converged: true };
}
