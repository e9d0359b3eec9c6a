import type { ChatCompletionParams, ChatCompletionResponse, Wllama } from '@wllama/wllama/esm/index.js';
import { Failure } from '../../../contract/failure.ts';
import type { LlmAnswer, LlmQuestion } from '../../../contract/llm-api.ts';
import { longest, oneOf } from './gbnf.ts';
import { THOUGHT_ENDS, opensThought, thoughtOf, turnsOf, withThought } from './turns.ts';

/** The server in the runtime knows more than its types say: where to stop, and to tell what prompt it made. */
type Request = ChatCompletionParams & { readonly stop?: readonly string[]; readonly verbose?: boolean };
type Response = Pick<ChatCompletionResponse, 'usage'> & { readonly choices: readonly { readonly message?: { readonly content?: string | null }; readonly text?: string }[]; readonly __verbose?: { readonly prompt?: string; readonly content?: string } };

interface Written {
  readonly text: string;
  /** What was put before it; '' where that was not asked for. */
  readonly prompt: string;
  readonly promptTokens: number;
  readonly tokens: number;
}

/**
 * Asks one question. The most likely word each time, nothing at random; what was worked out for the beginning of the prompt is
 * used again for the next question with the same beginning.
 * @param template the model's own, '' where it has none
 */
export async function answerOf(runtime: Wllama, template: string, question: LlmQuestion, abortSignal: AbortSignal): Promise<LlmAnswer> {
  const answers = question.answers.filter((answer) => answer !== '');
  if (answers.length === 0) throw new Failure('llm-refused', 'There is no category to choose from. Make one first.');
  const begun = performance.now();
  const how = { temperature: 0, cache_prompt: true, abortSignal };
  const limits = { grammar: oneOf(answers), max_tokens: longest(answers) };
  const chat: Request = { ...how, messages: turnsOf(question, template) };
  const thought = question.reasoningTokens > 0 || opensThought(template) ? await thoughtFor(runtime, chat, question.reasoningTokens) : null;
  const answer = thought === null
    // Models that may think or not (Qwen 3) are to answer at once.
    ? written(await runtime.createChatCompletion({ ...chat, ...limits, chat_template_kwargs: { enable_thinking: false }, stream: false }) as Response)
    : written(await runtime.createCompletion({ ...how, ...limits, prompt: thought.prompt + withThought(thought.text), stream: false }) as Response);
  return {
    text: exactly(answer.text, answers), reasoning: question.reasoningTokens > 0 && thought !== null ? thoughtOf(thought.text) : '',
    promptTokens: answer.promptTokens, tokens: answer.tokens + (thought?.tokens ?? 0), seconds: (performance.now() - begun) / 1000,
  };
}

/** Lets the model think, without a grammar. Where it is not to, its thought is empty: what the template began is ended at once. */
async function thoughtFor(runtime: Wllama, chat: Request, tokens: number): Promise<Written> {
  const request: Request = { ...chat, max_tokens: Math.max(1, tokens), stop: [THOUGHT_ENDS], chat_template_kwargs: { enable_thinking: true }, verbose: true };
  const thought = written(await runtime.createChatCompletion({ ...request, stream: false }) as Response);
  return tokens > 0 ? thought : { ...thought, text: '' };
}

function written(response: Response | null): Written {
  const [choice] = response?.choices ?? [];
  const text = response?.__verbose?.content ?? choice?.message?.content ?? choice?.text;
  if (response == null || typeof text !== 'string') throw new Failure('llm-lost', 'The language model gave no answer. Load it again to go on.');
  return { text, prompt: response.__verbose?.prompt ?? '', promptTokens: response.usage.prompt_tokens, tokens: response.usage.completion_tokens };
}

/** The answer that was written, with or without the space before it. */
function exactly(text: string, answers: readonly string[]): string {
  return answers.find((answer) => answer === text) ?? answers.find((answer) => ` ${answer}` === text) ?? text.trim();
}
