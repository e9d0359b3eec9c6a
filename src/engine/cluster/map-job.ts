import { UMAP } from 'umap-js';
import type { Random } from '../train/random.ts';
import { createRandom } from '../train/random.ts';
import { withoutCommonPart } from './common-part.ts';
import { MAP_CAP } from './defaults.ts';
import type { Clock, Job } from './job.ts';
import { createJob } from './job.ts';
import type { NearestRows } from './nearest-rows.ts';
import { findNearestRows } from './nearest-rows.ts';
import { PairScreen } from './pair-screen.ts';
import { principalAxes } from './principal-axes.ts';

/** UMAP's own default, the point itself included. */
const NEIGHBOURS = 15;
/** Wider than UMAP's own 0.1: dots that stand for patterns should not lie on each other. */
const LEAST_GAP = 0.4;
/** Equal rows: a distance of nought would leave UMAP without a scale. */
const LEAST_DISTANCE = 1e-6;
/** The layout starts this wide, as UMAP's own does, and with this much disorder, so that no two points coincide. */
const START_WIDTH = 10;
const DISORDER = 1e-3;
/** Shares of the time that finding neighbours and building the graph take, of 1000. */
const NEAREST_SHARE = 350;
const GRAPH_SHARE = 150;

export { MAP_CAP, MAP_SEED } from './defaults.ts';

export interface MapOptions {
  readonly seed: number;
  /** Seen from here, as in DbscanOptions. */
  readonly common?: ArrayLike<number>;
  readonly now?: Clock;
}

/**
 * A map of the rows in two dimensions: UMAP (McInnes, Healy, Melville 2018) by umap-js, on exact neighbours, started
 * from the two principal directions. Rows of one length have the same order by Euclidean distance as by cosine.
 * The result is n × 2 coordinates of any scale. The same input and seed give the same map in one browser; others may
 * differ, as `Math.exp` and `Math.pow` do. Building the graph is one long piece (about a second for 5,000 rows).
 * @param vectors n × dims, finite, at most MAP_CAP rows @throws RangeError
 */
export function createMapJob(vectors: Float32Array, dims: number, { seed, common, now }: MapOptions): Job<Float64Array> {
  const n = vectors.length / dims;
  if (n > MAP_CAP) throw new RangeError(`${n} rows are too many for a map of at most ${MAP_CAP}`);
  return createJob(1000, layOut(common === undefined ? vectors : withoutCommonPart(vectors, dims, common), dims, createRandom(seed)), now);
}

/** The rows with most weight, at most `cap` of them, in ascending order; ties by row. */
export function heaviest(weights: ArrayLike<number>, cap: number): Uint32Array {
  const order = Uint32Array.from({ length: weights.length }, (_, i) => i);
  if (order.length <= cap) return order;
  return order.sort((a, b) => weights[b] - weights[a] || a - b).slice(0, cap).sort();
}

function* layOut(vectors: Float32Array, dims: number, random: Random): Generator<number, Float64Array> {
  const n = vectors.length / dims;
  const screen = new PairScreen(vectors, dims);
  if (n < 3) return Float64Array.of(0, 0, 1, 0).slice(0, 2 * n);
  const neighbours = Math.min(NEIGHBOURS, n - 1);
  const nearest = yield* scaled(findNearestRows(screen, neighbours - 1), NEAREST_SHARE / ((n * (n - 1)) / 2));
  const umap = new UMAP({ nNeighbors: neighbours, minDist: LEAST_GAP, random });
  umap.setPrecomputedKNN(...neighbourTable(nearest, n));
  // With the neighbours given, only the number of points is read of the points themselves.
  const epochs = umap.initializeFit(Array.from({ length: n }, () => []));
  placeAtStart(umap.getEmbedding(), vectors, dims, random);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    yield NEAREST_SHARE + GRAPH_SHARE + (epoch / epochs) * (1000 - NEAREST_SHARE - GRAPH_SHARE);
    umap.step();
  }
  return Float64Array.from(umap.getEmbedding().flat());
}

function* scaled<T>(work: Generator<number, T>, factor: number): Generator<number, T> {
  for (;;) {
    const piece = work.next();
    if (piece.done === true) return piece.value;
    yield piece.value * factor;
  }
}

/** UMAP's tables begin each row with the point itself, at distance 0. */
function neighbourTable({ k, rows, cosines }: NearestRows, n: number): [number[][], number[][]] {
  const part = (i: number): [number, number] => [i * k, (i + 1) * k];
  const points = Array.from({ length: n }, (_, i) => i);
  const distance = (cosine: number): number => Math.max(LEAST_DISTANCE, Math.sqrt(Math.max(0, 2 - 2 * cosine)));
  return [points.map((i) => [i, ...rows.subarray(...part(i))]), points.map((i) => [0, ...Array.from(cosines.subarray(...part(i)), distance)])];
}

/** umap-js starts at random, so that far-apart groups lie anywhere; principal directions keep their order. In place. */
function placeAtStart(points: number[][], vectors: Float32Array, dims: number, random: Random): void {
  const axes = principalAxes(vectors, dims, 2, random);
  points.forEach((point, row) => point.forEach((_, d) => {
    let along = 0;
    for (let i = 0; i < dims && d * dims < axes.length; i += 1) along += axes[d * dims + i] * vectors[row * dims + i];
    point[d] = along;
  }));
  const widest = points.reduce((most, point) => Math.max(most, ...point.map(Math.abs)), 0) || 1;
  for (const point of points) point.forEach((along, d) => { point[d] = (along / widest) * START_WIDTH + (random() - 0.5) * DISORDER; });
}
