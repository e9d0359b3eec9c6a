import { expect, test } from 'vitest';
import { minimise } from '../../../src/engine/train/lbfgs.ts';
import type { Objective } from '../../../src/engine/train/wolfe-search.ts';

/** Rosenbrock's valley: minimum 0 at (1, …, 1), badly curved on the way. */
const rosenbrock: Objective = (x, gradient) => {
  gradient.fill(0);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i += 1) {
    const rise = x[i + 1] - x[i] * x[i];
    const run = 1 - x[i];
    value += 100 * rise * rise + run * run;
    gradient[i] += -400 * rise * x[i] - 2 * run;
    gradient[i + 1] += 200 * rise;
  }
  return value;
};

test.each([2, 10, 101])('finds the floor of the Rosenbrock valley in %i dimensions', (length) => {
  const start = Float64Array.from({ length }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
  const kept = start.slice();
  const found = minimise(rosenbrock, start, { tolerance: 1e-7, maxIterations: 2000 });
  expect(found.converged).toBe(true);
  expect(found.value).toBeLessThan(1e-10);
  if (length === 2) expect(Array.from(found.point, (value) => Math.round(value * 1e5) / 1e5)).toEqual([1, 1]);
  expect(start).toEqual(kept);
});

test('the value and the point reported belong together, and never rise', () => {
  let last = Infinity;
  for (let maxIterations = 0; maxIterations < 30; maxIterations += 1) {
    const found = minimise(rosenbrock, Float64Array.of(-1.2, 1), { tolerance: 1e-12, maxIterations });
    expect(found.value).toBe(rosenbrock(found.point, new Float64Array(2)));
    expect(found.value).toBeLessThanOrEqual(last);
    last = found.value;
  }
});

test('a badly scaled quadratic', () => {
  const scales = [1e-3, 1, 1e4];
  const quadratic: Objective = (x, gradient) => {
    let value = 0;
    scales.forEach((scale, i) => {
      value += (scale * (x[i] - i) ** 2) / 2;
      gradient[i] = scale * (x[i] - i);
    });
    return value;
  };
  const found = minimise(quadratic, Float64Array.of(500, -30, 7), { tolerance: 1e-9, maxIterations: 500 });
  expect(found.converged).toBe(true);
  scales.forEach((_, i) => expect(found.point[i]).toBeCloseTo(i, 4));
});

test('gives up where no step improves, and says so', () => {
  // A gradient that lies: every direction it names goes up.
  const found = minimise((x, gradient) => {
    gradient.set(x.map((value) => -value));
    return x.reduce((sum, value) => sum + value * value, 0);
  }, Float64Array.of(3, 4), { tolerance: 1e-6, maxIterations: 50 });
  expect(found.converged).toBe(false);
  expect(found.value).toBeLessThanOrEqual(25);
});
