import type { LlmAnswer, LlmQuestion } from '../../../src/contract/llm-api.ts';
import type { LlmSaid } from '../../../src/contract/llm.ts';
import { labelOf } from '../../../src/engine/llm/answer.ts';
import { secondsLeft } from '../../../src/engine/llm/time-left.ts';

/** Whoever answers questions: a model in a browser. */
export interface Answers {
  ask(question: LlmQuestion): Promise<LlmAnswer>;
}

export interface Asked extends LlmSaid {
  readonly promptTokens: number;
}

/** Asks one question after the other and says on the error output how far it is. */
export async function askAll(model: Answers, questions: readonly LlmQuestion[], what: string): Promise<Asked[]> {
  const said: Asked[] = [];
  for (const question of questions) {
    const { text, reasoning, promptTokens, seconds } = await model.ask(question);
    said.push({ label: labelOf(text, question.answers), reasoning, promptTokens, seconds });
    const left = secondsLeft(questions.length - said.length, said.map((one) => one.seconds));
    console.error(`${what}: ${said.length} of ${questions.length}${left > 0 ? `, about ${left < 90 ? `${Math.ceil(left)} s` : `${Math.round(left / 60)} min`} left` : ''}`);
  }
  return said;
}
