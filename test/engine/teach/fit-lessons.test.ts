import { describe, expect, it } from 'vitest';
import { fitLessons } from '../../../src/engine/teach/fit-lessons.ts';
import { CovarianceRow, FULL_COVARIANCE, covariance, normalised } from '../../../src/engine/teach/kernel.ts';
import type { Point } from '../../../src/engine/teach/kernel.ts';
import { lexicalFeatures } from '../../../src/engine/classify/lexical/features.ts';
import { DIMS, randomPatterns } from './patterns.ts';

const batch = randomPatterns(25, 5);
const points = batch.texts.map((text, at): Point => ({
  level: text.level, words: normalised(lexicalFeatures(text)), vector: at % 5 === 0 ? null : batch.vectors.subarray(at * DIMS, (at + 1) * DIMS),
}));
const size = points.length, width = 4;
const between = Float64Array.from({ length: size * size }, (_, at) => covariance(points[Math.floor(at / size)], points[at % size]));

describe('the kernel', () => {
  it('is full for a text and itself, none for texts with nothing in common', () => {
    expect(covariance(points[1], points[1])).toBeCloseTo(FULL_COVARIANCE, 4);
    const alone = (text: string, vector: number[]): Point => ({ level: 0, words: { ...normalised(lexicalFeatures({ text, level: 0 })), ...(vector[0] ? {} : { ids: new Int32Array(0), values: new Float32Array(0) }) }, vector: Float32Array.from(vector) });
    expect(covariance(alone('a', [1, 0]), alone('b', [0, 1]))).toBe(0);
  });

  it('makes positive semidefinite matrices', () => {
    // x' K x for many x, among them the differences of any two texts.
    for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) expect(between[a * size + a] + between[b * size + b] - 2 * between[a * size + b]).toBeGreaterThan(-1e-5);
    for (let k = 1; k < 200; k++) {
      let form = 0;
      for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) form += Math.sin(k * (a + 1)) * Math.sin(k * (b + 1)) * between[a * size + b];
      expect(form).toBeGreaterThan(-1e-5);
    }
  });

  it('gives the same a row at a time, but for what is too small to count', () => {
    const row = new Float32Array(size);
    new CovarianceRow().fill(points[3], points, points.keys(), row);
    row.forEach((value, at) => expect(value).toBeCloseTo(between[3 * size + at] < 0.25 ? 0 : between[3 * size + at], 4));
  });
});

describe('fitting lessons', () => {
  it('ends where the weights are what the probabilities lack', () => {
    const prior = Float64Array.from({ length: size * width }, (_, at) => Math.sin(at * 1.7) * 2);
    const labels = Int32Array.from({ length: size }, (_, at) => (at * 7) % width);
    const scale = Float64Array.of(1, 1, 1, 2);
    const weights = fitLessons({ covariance: between, prior, labels, scale });
    for (let a = 0; a < size; a++) {
      const f = Array.from({ length: width }, (_, c) => {
        // The variance that a lesson shares with none is part of its own logit.
        let sum = 0.25 * weights[a * width + c];
        for (let b = 0; b < size; b++) sum += between[a * size + b] * weights[b * width + c];
        return Math.exp(prior[a * width + c] + scale[c] * sum);
      });
      const total = f.reduce((x, y) => x + y, 0);
      f.forEach((value, c) => expect(weights[a * width + c]).toBeCloseTo((labels[a] === c ? 1 : 0) - value / total, 2));
    }
  });

  it('has no weights for no lessons', () => {
    expect(fitLessons({ covariance: new Float64Array(0), prior: new Float64Array(0), labels: new Int32Array(0), scale: new Float64Array(3) })).toHaveLength(0);
  });
});
