import type { FoundClusters, JobStep, MapPoint } from '../contract/teach-api.ts';
import { clusterList } from '../engine/cluster/cluster-list.ts';
import type { ClusterList } from '../engine/cluster/cluster-list.ts';
import { DEFAULT_EPS, DEFAULT_MIN_SAMPLES, MAP_SEED } from '../engine/cluster/defaults.ts';
import type { Alerts } from './alerts.svelte.ts';
import type { Board } from './board.svelte.ts';
import type { Learning } from './teaching/learning.ts';

export interface ClusteringParts {
  readonly board: Board;
  readonly learning: Learning;
  readonly log: Alerts;
  /** What all vectors share; null while no encoder is open. */
  readonly common: () => Promise<Float64Array | null>;
}

/** Progress shows about ten times a second (ms). */
const STEP_MS = 100;

/** Groups of like patterns, and their map, for labelling many at once. Cancel: looked at between steps. */
export class Clustering {
  options = $state.raw({ eps: DEFAULT_EPS, minSamples: DEFAULT_MIN_SAMPLES });
  progress = $state.raw<{ readonly what: 'clusters' | 'map'; readonly done: number; readonly total: number } | null>(null);
  points = $state.raw<readonly MapPoint[] | null>(null);
  readonly seed = MAP_SEED;
  #found = $state.raw<FoundClusters | null>(null);
  /** As the patterns are labelled now. */
  readonly list = $derived.by<ClusterList | null>(() => {
    const { table, verdicts } = this.#parts.board;
    return this.#found === null || table === null || verdicts === null ? null : clusterList(this.#found, table.rows, verdicts);
  });
  readonly #parts: ClusteringParts;
  /** Late steps of an earlier job are dropped. */
  #turn = 0;

  constructor(parts: ClusteringParts) {
    this.#parts = parts;
  }

  async find(options: { readonly eps: number; readonly minSamples: number }): Promise<void> {
    const { board, learning, common } = this.#parts;
    const { table } = board;
    if (table === null) return;
    this.options = options;
    this.#found = this.points = null;
    await this.#run('clusters', async (turn) => {
      await learning.feed(board);
      const shared = await common();
      await learning.lane.call((api) => api.beginClusters(options, table.rows, shared));
      if (!(await this.#drive('clusters', turn, () => learning.lane.call((api) => api.clusterStep(STEP_MS))))) return;
      const found = await learning.lane.call((api) => api.clusters());
      if (turn === this.#turn) this.#found = found;
    });
  }

  async map(): Promise<void> {
    const { board, learning, common } = this.#parts;
    const { table } = board;
    if (table === null) return;
    await this.#run('map', async (turn) => {
      await learning.feed(board);
      const shared = await common();
      await learning.lane.call((api) => api.beginMap(table.rows, shared));
      if (!(await this.#drive('map', turn, () => learning.lane.call((api) => api.mapStep(STEP_MS))))) return;
      const points = await learning.lane.call((api) => api.map());
      if (turn === this.#turn) this.points = points;
    });
  }

  cancel(): void {
    this.#turn++;
    this.progress = null;
  }

  /** Other files, or other rules: patterns have other numbers now. */
  forget(): void {
    this.cancel();
    this.#found = this.points = null;
  }

  async #run(what: 'clusters' | 'map', work: (turn: number) => Promise<void>): Promise<void> {
    const turn = ++this.#turn;
    this.progress = { what, done: 0, total: 0 };
    try {
      await work(turn);
    } catch (error) {
      if (turn === this.#turn) this.#parts.log.add(error);
    } finally {
      if (turn === this.#turn) this.progress = null;
    }
  }

  /** False where it was cancelled. */
  async #drive(what: 'clusters' | 'map', turn: number, step: () => Promise<JobStep>): Promise<boolean> {
    for (;;) {
      const { done, total, finished } = await step();
      if (turn !== this.#turn) return false;
      this.progress = { what, done, total };
      if (finished) return true;
    }
  }
}
