// Apart from the jobs, so that the page can name them without loading what does the work.

/** As in the notebooks that this replaces: every pattern is in a cluster, if only its own. */
export const DEFAULT_EPS = 0.2;
export const DEFAULT_MIN_SAMPLES = 1;
/** More points hide each other, and laying them out takes minutes. */
export const MAP_CAP = 5000;
/** Shown beside the map, so that it can be made again. */
export const MAP_SEED = 42;
