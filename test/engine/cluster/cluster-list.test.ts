import { describe, expect, it } from 'vitest';
import type { VerdictColumns } from '../../../src/contract/view.ts';
import { ALONE, clusterList } from '../../../src/engine/cluster/cluster-list.ts';
import { withoutCommonPart } from '../../../src/engine/cluster/common-part.ts';
import { representatives } from '../../../src/engine/cluster/representatives.ts';

/** Only the labels matter here. */
function labelled(codes: readonly number[]): VerdictColumns {
  const none = new Uint8Array(codes.length);
  return { labels: ['Error', 'User Action', 'Unclassified'], label: Uint8Array.from(codes), guess: none, confidence: new Float32Array(codes.length), decider: none, unsure: none, final: none, problem: none };
}

describe('the list of clusters', () => {
  //                       pattern 0   1  2    3  4   5  6
  const rows = Float64Array.of(10, 500, 7, 200, 7, 90, 3);
  const patterns = Uint32Array.of(6, 0, 1, 2, 3, 4);
  const cluster = Int32Array.of(0, 1, -1, 1, 2, 0);
  const list = clusterList({ patterns, cluster, representative: Uint32Array.of(6, 2, 3) }, rows, labelled([0, 1, 1, 2, 0, 0, 0]));

  it('has those with most rows first, and their patterns likewise', () => {
    expect(list.clusters.map((item) => [item.cluster, item.rows, Array.from(item.patterns), item.representative])).toEqual([[1, 17, [0, 2], 2], [0, 10, [4, 6], 6]]);
  });
  it('tells the categories inside, and whether there are several', () => {
    expect(list.clusters[0].labels).toEqual([{ label: 'Error', rows: 10, patterns: 1 }, { label: 'User Action', rows: 7, patterns: 1 }]);
    expect(list.clusters.map((item) => item.mixed)).toEqual([true, false]);
  });
  it('puts noise and clusters of one together, as patterns on their own', () => {
    expect(list.alone).toMatchObject({ cluster: ALONE, patterns: Uint32Array.of(1, 3), rows: 700, representative: 1 });
  });
  it('leaves out patterns that were not clustered, and may be empty', () => {
    expect([...list.clusters, list.alone].flatMap((item) => Array.from(item?.patterns ?? []))).not.toContain(5);
    expect(clusterList({ patterns: new Uint32Array(0), cluster: new Int32Array(0), representative: new Uint32Array(0) }, rows, labelled([]))).toEqual({ clusters: [], alone: null });
  });
});

it('the pattern nearest to the middle stands for a cluster; rows, then order decide between equals', () => {
  const at = (degrees: number): [number, number] => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const vectors = Float32Array.from([0, 30, 40, 90, 200, 200, 200, 300].flatMap(at));
  const labels = Int32Array.of(0, 0, 0, 0, 1, 1, 1, -1);
  expect(Array.from(representatives(vectors, 2, labels, [9, 1, 1, 9, 1, 5, 5, 99]))).toEqual([2, 5]);
});

it('what all vectors share is taken off, and what is left has length 1', () => {
  const shared = [3, 0, 0];
  const own = [[0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]];
  const unit = (x: number[]): Float32Array => Float32Array.from(x, (value) => value / Math.hypot(...x));
  const vectors = own.map((x) => unit(x.map((value, i) => value + shared[i])));
  const left = withoutCommonPart(Float32Array.from(vectors.flatMap((x) => Array.from(x))), 3, Float64Array.of(3 / Math.sqrt(10), 0, 0));
  own.forEach((x, row) => x.forEach((value, i) => expect(left[row * 3 + i]).toBeCloseTo(value, 5)));
  expect(Array.from(withoutCommonPart(Float32Array.of(1, 2), 2, Float64Array.of(1, 2)))).toEqual([0, 0]);
  expect(() => withoutCommonPart(Float32Array.of(1, 2), 2, Float64Array.of(1))).toThrow(RangeError);
});
