import { llmLane } from '../../bridge/llm.ts';
import type { TaughtPattern } from '../../engine/llm/nearest-taught.ts';
import type { Board } from '../board.svelte.ts';
import type { ModelUse } from '../model-use.svelte.ts';
import type { RowAccess } from '../row-access.ts';
import type { Learning } from '../teaching/learning.ts';
import type { Snapshot } from '../teaching/snapshot.ts';
import type { LlmParts } from './llm-parts.ts';
import { pagePart } from './page-part.ts';

export interface LlmWiring extends Pick<LlmParts, 'aside' | 'share' | 'report'> {
  readonly board: Board;
  readonly models: ModelUse;
  readonly rows: RowAccess;
  readonly learning: Learning;
  /** What is taught as far as the table on screen goes. */
  readonly snapshot: () => Snapshot;
}

/** What the language model needs, out of what a session has. */
export function llmParts({ board, models, rows, learning, snapshot, aside, share, report }: LlmWiring): LlmParts {
  return {
    board, aside, share, report, shelf: async () => (await pagePart(import('./shelf.ts'))).llmShelf(), lane: llmLane,
    categories: () => snapshot().categories,
    taught: () => taughtPatterns(board, learning, snapshot()),
    nearest: (vectors, k) => models.nearest(vectors, k),
    examples: (indices) => models.examples(indices),
    checkLines: () => models.checkLines(),
    sampleRows: (numbers) => rows.call((api) => api.sampleRows(numbers)),
  };
}

/** What the models learn from the person: patterns of the open files, then those of others. */
async function taughtPatterns(board: Pick<Board, 'table' | 'votes' | 'texts'>, learning: Pick<Learning, 'lessons'>, snapshot: Snapshot): Promise<readonly TaughtPattern[]> {
  const { table } = board;
  return (await learning.lessons(board, snapshot)).map((lesson) => ({ ...lesson, message: table?.examples[lesson.pattern] ?? lesson.text }));
}
