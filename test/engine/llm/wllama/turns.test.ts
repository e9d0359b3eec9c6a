import { expect, test } from 'vitest';
import { opensThought, takesSystem, thoughtOf, turnsOf, withThought } from '../../../../src/engine/llm/wllama/turns.ts';

const CHATML = "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are…' }}{% endif %}{{'<|im_start|>' + message['role']}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
const GEMMA = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}";
const MISTRAL = "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}{% endif %}{% endfor %}";
const R1 = "{% if message['role'] == 'system' %}{{ message.content.split('</think>')[-1] }}{% endif %}{% if add_generation_prompt and not ns.is_tool %}{{'<|Assistant|><think>\\n'}}{% endif %}";
const QWEN3 = "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- if enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}{%- endif %}";

test('instructions get a turn of their own where the template has one', () => {
  expect([CHATML, GEMMA, MISTRAL, R1, ''].map(takesSystem)).toEqual([true, false, false, true, true]);
  expect(turnsOf({ system: 's', user: 'u' }, CHATML)).toEqual([{ role: 'system', content: 's' }, { role: 'user', content: 'u' }]);
  expect(turnsOf({ system: 's', user: 'u' }, GEMMA)).toEqual([{ role: 'user', content: 's\n\nu' }]);
  expect(turnsOf({ system: '', user: 'u' }, CHATML)).toEqual([{ role: 'user', content: 'u' }]);
});

test('a thought that the template begins is told from one that the model begins', () => {
  expect([CHATML, R1, QWEN3].map(opensThought)).toEqual([false, true, false]);
});

test('a thought is told from what stands around it', () => {
  expect(thoughtOf('<think>\nIt failed.\n</think>\n\nError')).toBe('It failed.');
  expect(thoughtOf('It failed, so\n')).toBe('It failed, so');
  expect(thoughtOf('')).toBe('');
});

test('a thought is ended before the answer, once', () => {
  expect(withThought('It failed.\n')).toBe('It failed.\n</think>\n\n');
  expect(withThought('<think>\nIt failed.\n</think>\n\nErr')).toBe('<think>\nIt failed.\n</think>\n\n');
});
