import { failureCode } from '../../contract/failure.ts';
import type { LlmSaid } from '../../contract/llm.ts';
import { labelOf } from '../../engine/llm/answer.ts';
import { drawCheck, scoreCheck } from '../../engine/llm/check.ts';
import { textName } from '../../engine/classify/text-name.ts';
import { secondsLeft } from '../../engine/llm/time-left.ts';
import type { Board } from '../board.svelte.ts';
import { Throttle } from '../throttle.ts';
import type { LlmState } from './llm-state.svelte.ts';
import type { Questions } from './questions.ts';
import type { Runtime } from './runtime.ts';
import type { CheckSize } from './stage.ts';

/** Verdicts are worked out anew at most so often while answers stream in (ms). */
const REFRESH_MS = 150;
/** So many questions in a row that the model cannot take are no accident of a single line. */
const REFUSED_MAX = 3;

export interface AnsweringParts {
  readonly state: LlmState;
  readonly board: Board;
  readonly runtime: Runtime;
  readonly questions: Questions;
  /** Looked at between answers. */
  readonly stopped: () => boolean;
}

/** Tries the loaded model on known lines. What an earlier trial of it showed stays until this one is over. @throws Failure as of LlmApi and ModelApi; AbortError where it was stopped */
export async function tryOut({ state, runtime, questions, stopped }: AnsweringParts, size: CheckSize, seed: number): Promise<void> {
  const reasons = state.model?.reasons ?? false;
  state.progress = { done: 0, total: size, unit: 'lines', what: 'Looking up known lines', left: NaN };
  const known = await questions.known();
  const lines = drawCheck(known.lines, size, seed);
  const said: LlmSaid[] = [];
  for (const line of lines) {
    if (stopped()) throw Object.assign(new Error('The trial was skipped.'), { name: 'AbortError' });
    state.progress = { done: said.length, total: lines.length, unit: 'lines', what: 'Trying it on known lines', left: secondsLeft(lines.length - said.length, said.map(({ seconds }) => seconds)) };
    const question = questions.aboutLine(line, reasons);
    const { text, reasoning, seconds } = await runtime.ask(question);
    said.push({ label: labelOf(text, question.answers), reasoning, seconds });
  }
  state.check = scoreCheck(known.from, lines, said, seed);
}

/**
 * Asks about all that is planned, one pattern at a time. The plan is looked at anew for each: files that were read again,
 * corrections and votes that came meanwhile count. @throws Failure as of LlmApi; what was answered until then stays
 */
export async function askAll({ state, board, runtime, questions, stopped }: AnsweringParts): Promise<void> {
  const refresh = new Throttle(REFRESH_MS, () => board.refresh());
  const reasons = state.model?.reasons ?? false;
  let done = 0, refused = 0;
  try {
    while (!stopped()) {
      const { patterns: [pattern], patterns: { length }, seconds } = state.plan;
      if (pattern === undefined) return;
      state.progress = { done, total: done + length, unit: 'patterns', what: 'Asking about patterns', left: seconds };
      const name = textName(board.texts[pattern]);
      const question = await questions.about(pattern, reasons);
      if (stopped()) return;
      const said = await answerTo(runtime, question);
      refused = said === null ? refused + 1 : 0;
      if (refused === REFUSED_MAX) await runtime.ask(question);
      state.said = new Map(state.said).set(name, said ?? { label: '', reasoning: '', seconds: 0 });
      if (said !== null) state.spent = [...state.spent, said.seconds];
      done++;
      refresh.request();
    }
  } finally {
    refresh.stop();
    board.refresh();
  }
}

/** Null where the model cannot take this very question, as where it is too long for it. */
async function answerTo(runtime: Runtime, question: Parameters<Runtime['ask']>[0]): Promise<LlmSaid | null> {
  try {
    const { text, reasoning, seconds } = await runtime.ask(question);
    return { label: labelOf(text, question.answers), reasoning, seconds };
  } catch (error) {
    if (failureCode(error) === 'llm-refused') return null;
    throw error;
  }
}
