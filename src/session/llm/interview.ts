import { failureCode } from '../../contract/failure.ts';
import type { CheckLine, LlmCheck, LlmSaid } from '../../contract/llm.ts';
import type { LlmQuestion } from '../../contract/llm-api.ts';
import { labelOf } from '../../engine/llm/answer.ts';
import { drawCheck, scoreCheck } from '../../engine/llm/check.ts';
import { textName } from '../../engine/classify/text-name.ts';
import { secondsLeft } from '../../engine/llm/time-left.ts';
import type { Board } from '../board.svelte.ts';
import { Throttle } from '../throttle.ts';
import type { LlmState } from './llm-state.svelte.ts';
import { Questions } from './questions.ts';
import type { QuestionParts } from './questions.ts';
import type { Runtime } from './runtime.ts';
import type { CheckSize } from './stage.ts';

/** Verdicts are worked out anew at most so often while answers stream in (ms). */
const REFRESH_MS = 150;
/** So many questions in a row that the model cannot take are no accident of a single line. */
const REFUSED_MAX = 3;

export interface InterviewParts extends QuestionParts {
  readonly state: LlmState;
  readonly board: Board;
  readonly runtime: Runtime;
  /** Looked at between answers. */
  readonly stopped: () => boolean;
}

/** Known lines and what the model said of each. */
interface Tried {
  readonly lines: readonly CheckLine[];
  readonly said: readonly LlmSaid[];
}
const NOTHING_TRIED: Tried = { lines: [], said: [] };

/** With fewer lines a trial that was stopped says nothing. */
const FEW = 6;

/** Asks the loaded model: about known lines, to see what it is worth, and about patterns of the open files. */
export class Interview {
  readonly #parts: InterviewParts;
  readonly #questions: Questions;
  /** Known lines that this model was tried on: a further trial adds to them, so that none can be repeated until it pleases. */
  #tried: Tried & Pick<LlmCheck, 'from'> = { from: 'corpus', lines: [], said: [] };

  constructor(parts: InterviewParts) {
    this.#parts = parts;
    this.#questions = new Questions(parts);
  }

  /** Room that all questions need with the categories of now (tokens). */
  context(reasons: boolean): number {
    return this.#questions.context(reasons);
  }

  /**
   * Tries the loaded model on so many more known lines. What earlier trials of it showed stays until this one is over.
   * @throws Failure as of LlmApi and ModelApi; AbortError where it was stopped
   */
  async tryOut(size: CheckSize, seed: number): Promise<void> {
    const { state, stopped } = this.#parts;
    const reasons = state.model?.reasons ?? false;
    state.progress = { done: 0, total: size, unit: 'lines', what: 'Looking up known lines', left: NaN };
    const known = await this.#questions.known();
    const before = this.#before(known);
    const lines = drawCheck(known.lines.filter((line) => !before.lines.some((one) => isSameLine(one, line))), size, seed);
    const said: LlmSaid[] = [];
    try {
      for (const line of lines) {
        if (stopped()) throw Object.assign(new Error('The trial was skipped.'), { name: 'AbortError' });
        state.progress = { done: said.length, total: lines.length, unit: 'lines', what: 'Trying it on known lines', left: secondsLeft(lines.length - said.length, said.map(({ seconds }) => seconds)) };
        said.push(await this.#answer(this.#questions.aboutLine(line, reasons)));
      }
    } catch (error) {
      // What was tried before the person had enough of it is known all the same.
      if (!stopped() || said.length < FEW) throw error;
    }
    this.#tried = { from: known.from, lines: [...before.lines, ...lines.slice(0, said.length)], said: [...before.said, ...said] };
    state.check = scoreCheck(known.from, this.#tried.lines, this.#tried.said, seed);
  }

  /**
   * Asks about all that is planned, one pattern at a time. The plan is looked at anew for each: files that were read again,
   * corrections and votes that came meanwhile count. @throws Failure as of LlmApi; what was answered until then stays
   */
  async askAll(): Promise<void> {
    const { state, board, stopped } = this.#parts;
    const refresh = new Throttle(REFRESH_MS, () => board.refresh());
    const reasons = state.model?.reasons ?? false;
    let done = 0, refused = 0;
    try {
      while (!stopped()) {
        const { patterns: [pattern], patterns: { length }, seconds } = state.plan;
        if (pattern === undefined) return;
        state.progress = { done, total: done + length, unit: 'patterns', what: 'Asking about patterns', left: seconds };
        const name = textName(board.texts[pattern]);
        const question = await this.#questions.about(pattern, reasons);
        if (stopped()) return;
        const said = await this.#answerIfItCan(question);
        refused = said === null ? refused + 1 : 0;
        // Once more, for the words that say why.
        if (refused === REFUSED_MAX) await this.#answer(question);
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

  /** What a further trial adds to: none where the lines are of another kind now, or all that there are have been used. */
  #before({ from, lines }: Pick<Tried, 'lines'> & Pick<LlmCheck, 'from'>): Tried {
    const tried = this.#tried;
    // Another model has no trial yet.
    if (this.#parts.state.check === null || tried.from !== from) return NOTHING_TRIED;
    // As they are labelled now; what is no longer labelled is left out.
    const still = tried.lines.flatMap((line, at) => {
      const now = lines.find((one) => isSameLine(one, line));
      return now === undefined ? [] : [{ line: now, said: tried.said[at] }];
    });
    return still.length < lines.length ? { lines: still.map(({ line }) => line), said: still.map(({ said }) => said) } : NOTHING_TRIED;
  }

  async #answer(question: LlmQuestion): Promise<LlmSaid> {
    const { text, reasoning, seconds } = await this.#parts.runtime.ask(question);
    return { label: labelOf(text, question.answers), reasoning, seconds };
  }

  /** Null where the model cannot take this very question, as where it is too long for it. */
  async #answerIfItCan(question: LlmQuestion): Promise<LlmSaid | null> {
    try {
      return await this.#answer(question);
    } catch (error) {
      if (failureCode(error) === 'llm-refused') return null;
      throw error;
    }
  }
}

function isSameLine(one: CheckLine, other: CheckLine): boolean {
  return one.text === other.text && one.level === other.level;
}
