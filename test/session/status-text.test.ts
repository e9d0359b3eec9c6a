import { describe, expect, test } from 'vitest';
import type { Progress } from '../../src/contract/view.ts';
import { statusText } from '../../src/session/status-text.ts';
import type { StatusParts } from '../../src/session/status-text.ts';

const IDLE: StatusParts = { stage: 'empty', complete: false, entries: 0, finalShare: 0, progress: null, saving: null, question: null };
const say = (parts: Partial<StatusParts>): string => statusText({ ...IDLE, ...parts });
const progress = (what: Progress['what'], done: number, total: number): Progress => ({ what, done, total, unit: 'bytes' });

describe('the status says', () => {
  test('that nothing is open', () => expect(say({})).toBe('No file is open.'));

  test('how far reading is, in whole per cents', () => {
    expect(say({ stage: 'reading' })).toBe('Opening the file.');
    expect(say({ stage: 'reading', progress: progress('reading', 0, 0) })).toBe('Reading: starting.');
    expect(say({ stage: 'reading', progress: progress('reading', 999, 1000) })).toBe('Reading: 99 %.');
  });

  test('how much is final while models work', () => {
    expect(say({ stage: 'working', entries: 1234567, progress: progress('loading-model', 0, 10) })).toBe('1,234,567 entries read. Loading the model.');
    expect(say({ stage: 'working', entries: 1000, finalShare: 0.98199, progress: progress('voting', 1, 10) })).toBe('1,000 entries read. 98.1 % of rows final.');
  });

  test('that all is done, or what is missing', () => {
    expect(say({ stage: 'ready', complete: true, entries: 2 })).toBe('Ready: all 2 entries have their final category.');
    expect(say({ stage: 'ready', complete: false, entries: 1 })).toMatch(/^Ended early: 1 entry read/);
    expect(say({ stage: 'failed' })).toBe('The file could not be read.');
  });

  test('how far the language model is, once nothing else is under way', () => {
    const llm = { stage: 'asking', progress: { done: 3, total: 41, unit: 'patterns', what: '', left: NaN } } as const;
    expect(say({ stage: 'working', entries: 9, llm })).toBe('Asking the language model: 3 of 41 patterns.');
    expect(say({ stage: 'working', entries: 9, llm: { stage: 'checking', progress: { ...llm.progress, done: 1, total: 24, unit: 'lines' } } })).toBe('Trying the language model: 1 of 24 known lines.');
    expect(say({ stage: 'working', entries: 9, finalShare: 1, progress: progress('voting', 1, 2), llm })).toBe('9 entries read. 100 % of rows final.');
    expect(say({ stage: 'ready', complete: true, entries: 9, llm: { stage: 'loading', progress: null } })).toBe('Ready: all 9 entries have their final category.');
  });

  test('what is asked, and that saving goes on, before anything else', () => {
    expect(say({ stage: 'failed', question: {} })).toBe('Which column holds the message?');
    expect(say({ stage: 'ready', complete: true, saving: progress('saving', 1, 4) })).toBe('Saving: 25 %.');
  });
});
