import type { Lesson } from '../contract/teach.ts';
import type { Alerts } from './alerts.svelte.ts';
import type { Board } from './board.svelte.ts';
import { Clustering } from './clustering.svelte.ts';
import type { ClusteringParts } from './clustering.svelte.ts';
import { Bundling } from './teaching/bundling.svelte.ts';
import type { ModelShelf } from './teaching/bundled-models.ts';
import { Keeping } from './teaching/keeping.svelte.ts';
import type { Learning } from './teaching/learning.ts';
import type { OpenLog } from './teaching/open-log.ts';
import { SpotCheck } from './teaching/spot-check.svelte.ts';
import type { Teaching } from './teaching/teaching.svelte.ts';

/** What it needs of the session. */
export interface DeskSession extends OpenLog {
  readonly stage: string;
  readonly complete: boolean;
  readonly teaching: Teaching;
  setThreshold(value: number): void;
}

export interface DeskParts {
  readonly board: Board;
  readonly learning: Learning;
  readonly log: Alerts;
  readonly lessons: () => Promise<readonly Lesson[]>;
  /** The part that all vectors of the encoder share; see engine/cluster. */
  readonly common: ClusteringParts['common'];
  readonly models: Omit<ModelShelf, 'added'> & { readonly added: () => ModelShelf['added'] };
}

/** Names this program, and the version that made a bundle. */
export const MADE_BY = 'Winnow 0.1';

/** What stands beside teaching: checking it, grouping patterns, taking it along, keeping it. */
export class Desk {
  readonly spot: SpotCheck;
  readonly clustering: Clustering;
  readonly bundling: Bundling;
  readonly keeping: Keeping;

  constructor(session: DeskSession, parts: DeskParts) {
    const { board, log } = parts;
    this.spot = new SpotCheck(session);
    this.clustering = new Clustering(parts);
    this.bundling = new Bundling({
      board, lessons: parts.lessons, teaching: session.teaching, madeBy: MADE_BY,
      models: { ...parts.models, get added() { return parts.models.added(); } },
      setThreshold: (value) => session.setThreshold(value),
      useReplay: (replay) => board.useReplay(replay),
      settled: () => session.stage === 'ready' && session.complete,
      files: () => session.files,
      spotCheck: () => {
        const { result, stale } = this.spot;
        return result === null || stale ? null : { correct: result.k, judged: result.n, low: result.low, high: result.high, seed: result.seed, date: result.date };
      },
    });
    this.keeping = new Keeping(this.bundling, session.teaching, log);
  }
}
