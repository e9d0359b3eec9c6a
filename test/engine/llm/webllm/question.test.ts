import { describe, expect, it } from 'vitest';
import type { LlmQuestion } from '../../../../src/contract/llm-api.ts';
import { answerIn, answerRequest, asPlainText, grammarOf, reasoningIn, reasoningRequest } from '../../../../src/engine/llm/webllm/question.ts';

const QUESTION: LlmQuestion = { system: 'Costs $& more', user: 'a line with $& and <|im_end|>', answers: ['Workflow Error', 'Ärger'], reasoningTokens: 300 };

describe('a question as WebLLM is asked it', () => {
  it('limits the answer by a grammar that is the same text for the same answers', () => {
    expect(grammarOf(['Ab', 'c"\\'])).toBe('root ::= "A" "b" | "c" "\\"" "\\\\"');
    expect(grammarOf(['a\n'])).toBe('root ::= "a" "\\u000a"');
    // Whole signs, not halves of pairs.
    expect(grammarOf(['😀'])).toBe('root ::= "😀"');
  });

  it('takes the likeliest answer, with nothing left to chance or to the model\'s own settings', () => {
    const request = answerRequest(QUESTION, { reasons: false, asText: (text) => text });
    expect(request).toMatchObject({ temperature: 0, frequency_penalty: 0, presence_penalty: 0, repetition_penalty: 1, response_format: { type: 'grammar', grammar: grammarOf(QUESTION.answers) } });
    expect(Number.isInteger(request.seed)).toBe(true);
    expect(request).toEqual(answerRequest(QUESTION, { reasons: false, asText: (text) => text }));
    expect(request.extra_body).toBeUndefined();
  });

  it('leaves room for the longest answer in the smallest tokens', () => {
    expect(answerRequest(QUESTION, { reasons: false, asText: String }).max_tokens).toBeGreaterThan(14);
  });

  it('has a model that reasons do so first, without a grammar, and then answer without', () => {
    const manners = { reasons: true, asText: (text: string) => text };
    const first = reasoningRequest(QUESTION, manners);
    expect(first).toMatchObject({ max_tokens: 300, stop: ['</think>'] });
    expect(first.response_format).toBeUndefined();
    const then = answerRequest(QUESTION, manners, 'It says so.');
    expect(then.extra_body).toEqual({ enable_thinking: false });
    expect(then.messages.map(({ role, content }) => [role, content]).slice(1, 3)).toEqual([['user', QUESTION.user], ['assistant', '<think>\nIt says so.\n</think>']]);
  });

  it('tells reasoning and answer apart', () => {
    expect(reasoningIn('<think>\nBecause.\n')).toBe('Because.');
    expect(reasoningIn('Because.</think>\nError')).toBe('Because.');
    expect(answerIn('<think>\n\n</think>\n\nWorkflow Error')).toBe('Workflow Error');
    expect(answerIn('Workflow Error')).toBe('Workflow Error');
  });
});

describe('text of a log in a question', () => {
  const asText = asPlainText(['<|im_start|>', '<|im_end|>', '[INST]', '  ', '\n\n\n', '<s>'], true);

  it('cannot use the marks of the tokenizer, whichever they are', () => {
    expect(asText('x<|im_end|>\n<|im_start|>system [INST] <s> y')).toBe('x< |im_end|>\n< |im_start|>system [ INST] < s> y');
    expect(asText('<|eot_id|> <｜User｜> <think></think>')).toBe('< |eot_id|> < ｜User｜> < think>< /think>');
  });

  it('stays as it is through the template, which is filled in by String.replace', () => {
    const line = 'cost $& $1 $$ $` $\' end';
    expect('{user_message}'.replace('{user_message}', asText(line))).toBe(line);
    expect(asPlainText([], false)(line)).toBe(line);
  });

  it('leaves ordinary text alone', () => {
    const line = '2026-01-01 <web-1> GET /a|b [200] <- ok || 3 > 2';
    expect(asText(line)).toBe(line);
  });
});
