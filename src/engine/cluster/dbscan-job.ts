import { withoutCommonPart } from './common-part.ts';
import type { Clock, Job } from './job.ts';
import { createJob } from './job.ts';
import { PairScreen, QUAD, eachNearPair } from './pair-screen.ts';

/** Label of points that belong to no cluster. */
export const NOISE = -1;
/** Rows that are the same to the bit are 0 apart, whatever their lengths round to. */
const ROUNDING = 1e-12;

export interface DbscanOptions {
  /** Largest distance (1 − cosine, 0…2) of neighbours. */
  readonly eps: number;
  /** Neighbours, itself included, that make a point a core point. */
  readonly minSamples: number;
  /** Seen from here: see withoutCommonPart. Default: from the origin. */
  readonly common?: ArrayLike<number>;
  readonly now?: Clock;
}

/**
 * DBSCAN (Ester, Kriegel, Sander, Xu 1996) with cosine distance, as scikit-learn does it: a point is its own neighbour,
 * clusters are numbered in order of their first core point, and a point on the border of several goes to the first.
 * Exact, whatever the data; where few pairs are near, most cost 33 products rather than `dims`.
 * The result has one label per row, NOISE for none.
 * @param vectors n × dims, finite; the job reads them until it is finished
 * @throws RangeError for vectors or options that make no sense
 */
export function createDbscanJob(vectors: Float32Array, dims: number, { eps, minSamples, common, now }: DbscanOptions): Job<Int32Array> {
  if (!(eps >= 0 && eps <= 2)) throw new RangeError(`eps is ${eps}, must be 0…2`);
  if (!Number.isInteger(minSamples) || minSamples < 1) throw new RangeError(`min_samples is ${minSamples}, must be a whole number from 1`);
  const n = vectors.length / dims;
  return createJob(pairsOf(n) * (minSamples === 1 ? 1 : 3), cluster(common === undefined ? vectors : withoutCommonPart(vectors, dims, common), dims, eps, minSamples), now);
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2;

function* cluster(vectors: Float32Array, dims: number, eps: number, minSamples: number): Generator<number, Int32Array> {
  const screen = new PairScreen(vectors, dims);
  yield 0;
  const least = 1 - eps - ROUNDING;
  const pass = pairsOf(screen.n);
  const core = new Uint8Array(screen.n).fill(1);
  if (minSamples > 1) yield* findCores(screen, least, minSamples, core);
  const before = minSamples > 1 ? pass : 0;
  const parent = Int32Array.from(core, (_, i) => i);
  const near = eachNearPair(screen, () => least, (i, j) => {
    if (core[i] === 0 || core[j] === 0) return;
    const [a, b] = [rootOf(parent, i), rootOf(parent, j)];
    // Most near pairs are in one cluster already: they need no cosine.
    if (a !== b && screen.cosine(i, j) >= least) parent[Math.max(a, b)] = Math.min(a, b);
  });
  for (const done of near) yield before + done;
  const labels = numberClusters(parent, core);
  if (minSamples > 1) for (const share of assignBorders(screen, least, core, labels)) yield 2 * pass + share * pass;
  return labels;
}

/** Leaves 1 where a point has enough neighbours. */
function* findCores(screen: PairScreen, least: number, minSamples: number, core: Uint8Array): Generator<number, void> {
  const neighbours = new Uint32Array(screen.n).fill(1);
  yield* eachNearPair(screen, () => least, (i, j) => {
    if (neighbours[i] >= minSamples && neighbours[j] >= minSamples) return;
    if (screen.cosine(i, j) < least) return;
    neighbours[i] += 1;
    neighbours[j] += 1;
  });
  neighbours.forEach((count, i) => { core[i] = count >= minSamples ? 1 : 0; });
}

/** The smallest row of the set: disjoint sets (Tarjan 1975) with path halving. */
function rootOf(parent: Int32Array, i: number): number {
  let at = i;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

/** Numbers of the core points' clusters, in order of their first; NOISE for all other points. */
function numberClusters(parent: Int32Array, core: Uint8Array): Int32Array {
  const labels = new Int32Array(parent.length).fill(NOISE);
  let clusters = 0;
  for (let i = 0; i < parent.length; i += 1) {
    if (core[i] === 0) continue;
    const root = rootOf(parent, i);
    labels[i] = root === i ? clusters++ : labels[root];
  }
  return labels;
}

/** Points that are not core join the first cluster with a core point near them. Yields the share done. */
function* assignBorders(screen: PairScreen, least: number, core: Uint8Array, labels: Int32Array): Generator<number, void> {
  const { n, bounds } = screen;
  const others = Array.from(core.keys()).filter((i) => core[i] === 0);
  for (let from = 0; from < others.length; from += QUAD) {
    const rows = Array.from({ length: QUAD }, (_, r) => others[Math.min(from + r, others.length - 1)]);
    screen.bound(rows[0], rows[1], rows[2], rows[3], n);
    rows.forEach((i, r) => {
      for (let j = 0; j < n; j += 1) {
        if (core[j] === 0 || bounds[r * n + j] < least || (labels[i] !== NOISE && labels[i] <= labels[j])) continue;
        if (screen.cosine(i, j) >= least) labels[i] = labels[j];
      }
    });
    yield Math.min(1, (from + QUAD) / others.length);
  }
}
