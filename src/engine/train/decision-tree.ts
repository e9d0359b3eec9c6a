import type { FeatureRanks } from './feature-ranks.ts';
import type { Random } from './random.ts';
import { randomInt } from './random.ts';
import { RankSorter } from './rank-sort.ts';

export interface TreeOptions {
  readonly maxDepth: number;
  /** Rows (not copies of rows) that each side of a split must keep. */
  readonly minSamplesLeaf: number;
  /** What every tree's copies may sum to at most; as many as there are rows. */
  readonly draws?: number;
  /** Features looked at per split; more, where none of these splits anything. */
  readonly maxFeatures: number;
}

/** Where a tree puts its nodes; a forest's trees share one. Children always follow their parent. */
export class NodeList {
  /** −1: a leaf. */
  readonly feature: number[] = [];
  readonly threshold: number[] = [];
  readonly left: number[] = [];
  readonly right: number[] = [];
  /** Per node: its leaf's place in `distributions`, −1 for a split. */
  readonly leaf: number[] = [];
  /** leaves × classes: share of each class. */
  readonly distributions: number[] = [];
  leaves = 0;

  add(): number {
    this.feature.push(-1);
    this.threshold.push(0);
    this.left.push(-1);
    this.right.push(-1);
    this.leaf.push(-1);
    return this.feature.length - 1;
  }
}

interface Range {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

interface Split {
  readonly feature: number;
  /** Rows with at most this rank go left. */
  readonly rank: number;
  readonly threshold: number;
}

/**
 * Grows classification trees on entropy, CART's way as scikit-learn does it (Breiman et al. 1984): exact splits,
 * at each node over features drawn without replacement. Keep one per forest: its buffers are reused.
 */
export class TreeGrower {
  readonly #features: Float32Array;
  readonly #ranked: FeatureRanks;
  readonly #labels: Int32Array;
  readonly #options: TreeOptions;
  readonly #sorter: RankSorter;
  readonly #order: Int32Array;
  /** k·ln k. */
  readonly #kLogK: Float64Array;
  readonly #total: Int32Array;
  readonly #leftCounts: Int32Array;
  readonly #rightCounts: Int32Array;
  #rows: Int32Array = new Int32Array(0);
  #copies: Int32Array = new Int32Array(0);

  constructor(features: Float32Array, ranked: FeatureRanks, labels: Int32Array, classes: number, options: TreeOptions) {
    this.#features = features;
    this.#ranked = ranked;
    this.#labels = labels;
    this.#options = options;
    this.#sorter = new RankSorter(ranked.rows);
    this.#order = Int32Array.from({ length: ranked.columns }, (_, j) => j);
    this.#kLogK = Float64Array.from({ length: (options.draws ?? ranked.rows) + 1 }, (_, k) => (k === 0 ? 0 : k * Math.log(k)));
    this.#total = new Int32Array(classes);
    this.#leftCounts = new Int32Array(classes);
    this.#rightCounts = new Int32Array(classes);
  }

  /** Grows one tree on rows that count `copies[row]` times (0: left out); gives its root in `nodes`. */
  grow(copies: Int32Array, random: Random, nodes: NodeList): number {
    this.#copies = copies;
    this.#rows = Int32Array.from(copies.keys()).filter((row) => copies[row] > 0);
    const root = nodes.add();
    const open: Range[] = [{ node: root, start: 0, end: this.#rows.length, depth: 0 }];
    for (let range = open.pop(); range; range = open.pop()) {
      this.#count(range);
      const split = this.#mayBeSplit(range) ? this.#bestSplit(range, random) : null;
      if (!split) this.#close(range.node, nodes);
      else open.push(...this.#divide(range, split, nodes));
    }
    return root;
  }

  #count(range: Range): void {
    this.#total.fill(0);
    for (let i = range.start; i < range.end; i += 1) this.#total[this.#labels[this.#rows[i]]] += this.#copies[this.#rows[i]];
  }

  #mayBeSplit({ start, end, depth }: Range): boolean {
    const pure = this.#total.filter((count) => count > 0).length < 2;
    return !pure && depth < this.#options.maxDepth && end - start >= 2 * this.#options.minSamplesLeaf;
  }

  #close(node: number, nodes: NodeList): void {
    nodes.leaf[node] = nodes.leaves;
    nodes.leaves += 1;
    const sum = this.#total.reduce((a, b) => a + b, 0);
    for (const count of this.#total) nodes.distributions.push(count / sum);
  }

  #divide(range: Range, split: Split, nodes: NodeList): [Range, Range] {
    const { ranks, rows: rowCount } = this.#ranked;
    const rows = this.#rows;
    let middle = range.start;
    for (let i = range.start; i < range.end; i += 1) {
      const row = rows[i];
      if (ranks[split.feature * rowCount + row] > split.rank) continue;
      rows[i] = rows[middle];
      rows[middle++] = row;
    }
    const left = nodes.add();
    const right = nodes.add();
    nodes.feature[range.node] = split.feature;
    nodes.threshold[range.node] = split.threshold;
    nodes.left[range.node] = left;
    nodes.right[range.node] = right;
    const depth = range.depth + 1;
    return [{ node: right, start: middle, end: range.end, depth }, { node: left, start: range.start, end: middle, depth }];
  }

  #bestSplit(range: Range, random: Random): Split | null {
    const { columns } = this.#ranked;
    let best: { score: number; feature: number; at: readonly [number, number]; rank: number } | null = null;
    for (let drawn = 0; drawn < columns && (drawn < this.#options.maxFeatures || !best); drawn += 1) {
      const other = drawn + randomInt(random, columns - drawn);
      const feature = this.#order[other];
      this.#order[other] = this.#order[drawn];
      this.#order[drawn] = feature;
      this.#sorter.sort(this.#rows, range.start, range.end, this.#ranked.ranks, feature * this.#ranked.rows);
      const found = this.#bestPlace(range.end - range.start);
      if (found.place < 0 || (best && found.score <= best.score)) continue;
      const { rows, keys } = this.#sorter;
      best = { score: found.score, feature, at: [rows[found.place], rows[found.place + 1]], rank: keys[found.place] };
    }
    return best && { feature: best.feature, rank: best.rank, threshold: this.#between(best.feature, ...best.at) };
  }

  /** The last place of the left side in the sorted rows that leaves the least entropy; −1 where no place is allowed. */
  #bestPlace(length: number): { place: number; score: number } {
    const { keys, rows } = this.#sorter;
    if (keys[0] === keys[length - 1]) return { place: -1, score: -Infinity };
    const kLogK = this.#kLogK;
    const left = this.#leftCounts.fill(0);
    const right = this.#rightCounts;
    right.set(this.#total);
    const least = this.#options.minSamplesLeaf;
    let [leftSum, rightSum, leftSize, rightSize] = [0, 0, 0, 0];
    for (const count of right) {
      rightSum += kLogK[count];
      rightSize += count;
    }
    let [place, score] = [-1, -Infinity];
    for (let i = 0; i + least < length; i += 1) {
      const label = this.#labels[rows[i]];
      const copies = this.#copies[rows[i]];
      leftSum += kLogK[left[label] + copies] - kLogK[left[label]];
      rightSum += kLogK[right[label] - copies] - kLogK[right[label]];
      left[label] += copies;
      right[label] -= copies;
      leftSize += copies;
      rightSize -= copies;
      if (keys[i] === keys[i + 1] || i + 1 < least) continue;
      // Minus the entropy of both sides, each times its size: Σ k ln k − n ln n.
      const gain = leftSum - kLogK[leftSize] + rightSum - kLogK[rightSize];
      if (gain > score) [place, score] = [i, gain];
    }
    return { place, score };
  }

  /** A 32-bit threshold t with low ≤ t < high, so that the file and this code, which both ask x ≤ t, always agree. */
  #between(feature: number, lowRow: number, highRow: number): number {
    const low = this.#features[lowRow * this.#ranked.columns + feature];
    const high = this.#features[highRow * this.#ranked.columns + feature];
    const middle = Math.fround(low / 2 + high / 2);
    return middle >= low && middle < high ? middle : low;
  }
}
