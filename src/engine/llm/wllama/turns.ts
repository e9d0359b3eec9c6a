import type { ChatCompletionMessage } from '@wllama/wllama/esm/index.js';
import type { LlmQuestion } from '../../../contract/llm-api.ts';

const OPENS = '<think>';
const CLOSES = '</think>';

/** A question as turns of a conversation. A template that knows no system turn gets all in one. */
export function turnsOf({ system, user }: Pick<LlmQuestion, 'system' | 'user'>, template: string): ChatCompletionMessage[] {
  if (system === '') return [{ role: 'user', content: user }];
  if (takesSystem(template)) return [{ role: 'system', content: system }, { role: 'user', content: user }];
  return [{ role: 'user', content: `${system}\n\n${user}` }];
}

/** Whether a chat template (Jinja) has a place for a system turn. One that is missing is replaced by the runtime's own, which has. */
export function takesSystem(template: string): boolean {
  return template === '' || (template.includes('system') && !/raise_exception\([^)]*system/i.test(template));
}

/** Whether a template itself begins the model's turn with a thought, so that the model writes only its end. */
export function opensThought(template: string): boolean {
  const end = template.slice(Math.max(0, template.lastIndexOf('add_generation_prompt')));
  return end.includes(OPENS) && !end.includes(CLOSES);
}

/** What a model thought, from what it wrote up to the end of its thought, or as far as it was let. */
export function thoughtOf(written: string): string {
  const start = written.indexOf(OPENS);
  const from = start < 0 ? 0 : start + OPENS.length;
  const end = written.indexOf(CLOSES, from);
  return written.slice(from, end < 0 ? undefined : end).trim();
}

/** What the model's turn begins with when it comes to the answer: its thought, ended. */
export function withThought(written: string): string {
  const end = written.indexOf(CLOSES);
  return `${(end < 0 ? written : written.slice(0, end)).trimEnd()}\n${CLOSES}\n\n`;
}

/** Where thinking stops. */
export const THOUGHT_ENDS = CLOSES;
