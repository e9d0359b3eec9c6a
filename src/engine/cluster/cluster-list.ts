import type { FoundClusters } from '../../contract/teach-api.ts';
import type { VerdictColumns } from '../../contract/view.ts';

/** One category inside a cluster. */
export interface LabelShare {
  readonly label: string;
  readonly rows: number;
  readonly patterns: number;
}

export interface ClusterItem {
  /** Number of the cluster; ALONE for the patterns that are in none. */
  readonly cluster: number;
  /** Most rows first; ties by number. */
  readonly patterns: Uint32Array;
  readonly rows: number;
  /** The pattern nearest to the middle; for ALONE that with most rows. */
  readonly representative: number;
  /** The categories that its patterns have now, most rows first; ties by code. */
  readonly labels: readonly LabelShare[];
  /** More than one category. */
  readonly mixed: boolean;
}

export interface ClusterList {
  /** Clusters of two patterns or more, most rows first; ties by number. */
  readonly clusters: readonly ClusterItem[];
  /** Patterns on their own: noise, and clusters of one. Null if there are none. */
  readonly alone: ClusterItem | null;
}

export const ALONE = -1;

/** Clusters by rows, with what their patterns are labelled now. @param rows by pattern, of the whole table */
export function clusterList({ patterns, cluster, representative }: FoundClusters, rows: Float64Array, verdicts: VerdictColumns): ClusterList {
  const members = new Map<number, number[]>();
  patterns.forEach((pattern, i) => {
    const list = members.get(cluster[i]);
    if (list === undefined) members.set(cluster[i], [pattern]);
    else list.push(pattern);
  });
  const alone: number[] = [];
  const clusters: ClusterItem[] = [];
  for (const [number, list] of members) {
    if (number < 0 || list.length === 1) for (const pattern of list) alone.push(pattern);
    else clusters.push(item(number, list, representative[number], rows, verdicts));
  }
  clusters.sort((a, b) => b.rows - a.rows || a.cluster - b.cluster);
  return { clusters, alone: alone.length === 0 ? null : item(ALONE, alone, undefined, rows, verdicts) };
}

function item(cluster: number, members: number[], representative: number | undefined, rows: Float64Array, verdicts: VerdictColumns): ClusterItem {
  const patterns = Uint32Array.from(members).sort((a, b) => rows[b] - rows[a] || a - b);
  const labels = labelShares(patterns, rows, verdicts);
  return {
    cluster, patterns, labels, mixed: labels.length > 1,
    rows: patterns.reduce((sum, pattern) => sum + rows[pattern], 0),
    representative: representative ?? patterns[0],
  };
}

function labelShares(patterns: Uint32Array, rows: Float64Array, { labels, label }: VerdictColumns): LabelShare[] {
  const shares = new Map<number, { rows: number; patterns: number }>();
  for (const pattern of patterns) {
    const share = shares.get(label[pattern]) ?? { rows: 0, patterns: 0 };
    share.rows += rows[pattern];
    share.patterns += 1;
    shares.set(label[pattern], share);
  }
  return [...shares].sort(([a, x], [b, y]) => y.rows - x.rows || a - b).map(([code, share]) => ({ label: labels[code], ...share }));
}
