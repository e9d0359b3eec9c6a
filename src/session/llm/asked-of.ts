import type { LlmSaid } from '../../contract/llm.ts';
import type { Answered, Asked } from '../../engine/decide/asked.ts';
import { NOTHING_ASKED } from '../../engine/decide/asked.ts';
import { UNREAD } from '../../engine/decide/votes.ts';
import { confidenceOf } from '../../engine/llm/check.ts';
import { routedPatterns } from '../../engine/llm/choose.ts';
import type { Board } from '../board.svelte.ts';
import type { LlmState } from './llm-state.svelte.ts';

type Known = Pick<LlmState, 'answers' | 'check' | 'believed' | 'used' | 'routed'>;

/** What verdicts are to know of the answers so far. */
export function askedOf(state: Known, board: Board): Asked {
  const { answers, check, believed, used, routed } = state;
  const { table, cells } = board;
  if (answers.size === 0 || table === null) return NOTHING_ASKED;
  return {
    model: used?.model.name ?? '', believed, check,
    said: new Map([...answers].map(([pattern, said]) => [pattern, answeredOf(state, board, pattern, said)])),
    routed: cells === null ? new Set() : routedPatterns(table, cells, routed),
  };
}

/** An answer with what it is worth: by the trial, and whether the vote's best guess is the same; as in the trial, the one before the models learnt from the person. */
export function answeredOf({ check }: Known, { votes }: Board, pattern: number, said: LlmSaid): Answered {
  const guess = votes.read[pattern] === UNREAD ? '' : votes.classes[votes.untaught(pattern).label];
  return { ...said, confidence: check === null ? 0 : confidenceOf(check, said.label, guess) };
}
