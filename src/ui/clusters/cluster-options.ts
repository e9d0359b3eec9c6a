/** As of DBSCAN; the session's defaults are those of the classic notebooks. */
export interface ClusterOptions {
  /** Largest distance of neighbours, 1 − cosine. */
  readonly eps: number;
  /** Neighbours, itself included, that make a pattern the core of a cluster. */
  readonly minSamples: number;
}

/** What is being worked out, in units of its own. */
export interface ClusterProgress {
  readonly what: 'clusters' | 'map';
  readonly done: number;
  readonly total: number;
}
