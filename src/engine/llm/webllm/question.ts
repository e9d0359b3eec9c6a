import type { ChatCompletionRequestNonStreaming } from '@mlc-ai/web-llm';
import type { LlmQuestion } from '../../../contract/llm-api.ts';

/** The same for each question, so that equal questions are answered equally. */
const SEED = 20260701;
/** Recommended for DeepSeek R1, which repeats itself without end when it always takes the likeliest word (its model card, "Usage Recommendations"). */
const REASONING = { temperature: 0.6, top_p: 0.95 } as const;
/** A model's own settings may punish repeated words, such as those of the question's examples. */
const PLAIN = { n: 1, stream: false, seed: SEED, frequency_penalty: 0, presence_penalty: 0, repetition_penalty: 1 } as const;

const THINKING = /^\s*<think>/;
const THOUGHT = '</think>';

/** What the model's own settings (`mlc-chat-config.json`) say about how a question must be put. */
export interface Manners {
  /** It writes down its reasoning, unless told not to. */
  readonly reasons: boolean;
  /** Changes what stands in a question so that nothing in it is taken for more than text. */
  readonly asText: (text: string) => string;
}

/**
 * An EBNF grammar (of XGrammar, WebLLM's) that lets through these answers and nothing else. Each letter is quoted by itself:
 * XGrammar 0.1.27 refuses its own text where one quotation mixes letters of several bytes with others ("Größe").
 */
export function grammarOf(answers: readonly string[]): string {
  return `root ::= ${answers.map((answer) => [...answer].map(quoted).join(' ')).join(' | ')}`;
}

/** One question, one answer: WebLLM keeps nothing of earlier ones, since the conversation is never the same. */
export function answerRequest(question: LlmQuestion, manners: Manners, reasoning = ''): ChatCompletionRequestNonStreaming {
  const { asText } = manners;
  const said: ChatCompletionRequestNonStreaming['messages'] = reasoning === '' ? [] : [
    { role: 'assistant', content: `<think>\n${asText(reasoning)}\n${THOUGHT}` },
    { role: 'user', content: 'Give the answer now, and nothing else.' },
  ];
  return {
    ...PLAIN, temperature: 0, top_p: REASONING.top_p,
    messages: [{ role: 'system', content: asDollars(question.system) }, { role: 'user', content: asText(question.user) }, ...said],
    // No answer has more tokens than bytes, and the grammar ends it before; WebLLM counts the empty reasoning, too.
    max_tokens: Math.max(...question.answers.map((answer) => new TextEncoder().encode(answer).length)) + 24,
    response_format: { type: 'grammar', grammar: grammarOf(question.answers) },
    ...(manners.reasons ? { extra_body: { enable_thinking: false } } : {}),
  };
}

/** The model's reasoning alone, with no limit on its words but their number: a grammar would forbid it. */
export function reasoningRequest(question: LlmQuestion, { asText }: Manners): ChatCompletionRequestNonStreaming {
  return {
    ...PLAIN, ...REASONING, stop: [THOUGHT], max_tokens: question.reasoningTokens,
    messages: [{ role: 'system', content: asDollars(question.system) }, { role: 'user', content: asText(question.user) }],
  };
}

/** The reasoning without its marks. */
export function reasoningIn(text: string): string {
  return (text.split(THOUGHT)[0] as string).replace(THINKING, '').trim();
}

/** The answer without the empty reasoning that WebLLM puts before it. */
export function answerIn(text: string): string {
  return text.split(THOUGHT).at(-1)?.trim() ?? '';
}

/**
 * How to keep what stands in a question from being taken for more than text. WebLLM puts it into the model's template with
 * `String.replace`, where `$&` and its like mean something; and a tokenizer reads its marks ("<|im_end|>") wherever they stand.
 * @param markers the tokenizer's own marks
 * @param templated the model's settings have a template for what the person says
 */
export function asPlainText(markers: readonly string[], templated: boolean): (text: string) => string {
  const marks = [...new Set(markers)].filter((mark) => mark.trim().length > 2).sort((a, b) => b.length - a.length);
  const pattern = new RegExp([...marks.map(escaped), '<[|｜][^|｜>]{0,60}[|｜]>', '</?think>'].join('|'), 'g');
  return (text) => {
    const harmless = text.replace(pattern, (mark) => `${mark.slice(0, 1)} ${mark.slice(1)}`);
    return templated ? asDollars(harmless) : harmless;
  };
}

function asDollars(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function quoted(text: string): string {
  const inside = text.replace(/["\\]/g, '\\$&').replace(/[\u0000-\u001f\u007f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${inside}"`;
}
