import { describe, expect, test } from 'vitest';
import { NodeList, TreeGrower } from '../../../src/engine/train/decision-tree.ts';
import { rankFeatures } from '../../../src/engine/train/feature-ranks.ts';
import { createRandom, randomInt } from '../../../src/engine/train/random.ts';

const COLUMNS = 4;
const CLASSES = 3;

interface Data { features: Float32Array; labels: Int32Array; copies: Int32Array }

/** Column 0 has few distinct values, column 1 is constant, so ties and dead ends occur. */
function draw(rows: number, seed: number): Data {
  const random = createRandom(seed);
  const features = Float32Array.from({ length: rows * COLUMNS }, (_, at) => (at % COLUMNS === 0 ? randomInt(random, 5) - 2 : at % COLUMNS === 1 ? 7 : random() - 0.5));
  const labels = Int32Array.from({ length: rows }, (_, i) => (random() < 0.7 ? Number(features[i * COLUMNS + 2] > 0.1) : randomInt(random, CLASSES)));
  return { features, labels, copies: Int32Array.from({ length: rows }, () => randomInt(random, 3)).map((copy, i) => (i === 0 ? 0 : Math.min(copy, 1) + Number(i % 9 === 1 && copy === 2))) };
}

function entropy(rows: readonly number[], { labels, copies }: Data): number {
  const counts = Array.from({ length: CLASSES }, (_, c) => rows.reduce((sum, row) => sum + (labels[row] === c ? copies[row] : 0), 0));
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - count * Math.log(count / total)), 0);
}

/** Least entropy left by any allowed split, tried one by one. */
function leastEntropy(data: Data, minSamplesLeaf: number): number {
  const rows = Array.from(data.labels.keys()).filter((row) => data.copies[row] > 0);
  let least = Infinity;
  for (let j = 0; j < COLUMNS; j += 1) {
    for (const edge of rows) {
      const left = rows.filter((row) => data.features[row * COLUMNS + j] <= data.features[edge * COLUMNS + j]);
      const right = rows.filter((row) => !left.includes(row));
      if (right.length === 0 || Math.min(left.length, right.length) < minSamplesLeaf) continue;
      least = Math.min(least, entropy(left, data) + entropy(right, data));
    }
  }
  return least;
}

describe.each([[12, 1], [30, 5], [38, 1], [90, 1], [90, 20], [400, 1]])('%i rows, at least %i a side', (rows, minSamplesLeaf) => {
  test.each([1, 2, 3])('the first split is the best there is (data %i)', (seed) => {
    const data = draw(rows, seed);
    const grower = new TreeGrower(data.features, rankFeatures(data.features, COLUMNS), data.labels, CLASSES, { maxDepth: 1, minSamplesLeaf, maxFeatures: COLUMNS });
    const nodes = new NodeList();
    const root = grower.grow(data.copies, createRandom(1), nodes);
    const least = leastEntropy(data, minSamplesLeaf);
    if (nodes.feature[root] < 0) return expect(least).toBe(Infinity);
    const used = Array.from(data.labels.keys()).filter((row) => data.copies[row] > 0);
    const goesLeft = (row: number): boolean => data.features[row * COLUMNS + nodes.feature[root]] <= Math.fround(nodes.threshold[root]);
    const [left, right] = [used.filter(goesLeft), used.filter((row) => !goesLeft(row))];
    expect(Math.min(left.length, right.length)).toBeGreaterThanOrEqual(minSamplesLeaf);
    expect(entropy(left, data) + entropy(right, data)).toBeCloseTo(least, 8);
  });
});

test('a full tree knows its rows by heart', () => {
  const data = draw(300, 4);
  const copies = data.copies.fill(1);
  const grower = new TreeGrower(data.features, rankFeatures(data.features, COLUMNS), data.labels, CLASSES, { maxDepth: Infinity, minSamplesLeaf: 1, maxFeatures: 1 });
  const nodes = new NodeList();
  let root = 0;
  // Twice: what a grower keeps from one tree must not leak into the next.
  for (let i = 0; i < 2; i += 1) root = grower.grow(copies, createRandom(i), nodes);
  const answer = (row: number): number => {
    let node = root;
    while (nodes.feature[node] >= 0) node = data.features[row * COLUMNS + nodes.feature[node]] <= Math.fround(nodes.threshold[node]) ? nodes.left[node] : nodes.right[node];
    return nodes.distributions.slice(nodes.leaf[node] * CLASSES, (nodes.leaf[node] + 1) * CLASSES).indexOf(1);
  };
  expect(Array.from(data.labels.keys(), answer)).toEqual(Array.from(data.labels));
});

test('ranks count distinct values, −0 and 0 as one', () => {
  const { ranks } = rankFeatures(Float32Array.of(0.5, 1, -0, 1, 0, -3, 0.5, 9), 2);
  expect(Array.from(ranks)).toEqual([1, 0, 0, 1, 1, 1, 0, 2]);
});
