import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import { LEVELS } from '../../../src/contract/level.ts';
import type { LlmCheck } from '../../../src/contract/llm.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../../src/contract/pattern.ts';
import type { Rule } from '../../../src/contract/rule.ts';
import { DECIDERS } from '../../../src/contract/verdict.ts';
import type { Asked } from '../../../src/engine/decide/asked.ts';
import { NOTHING_ASKED } from '../../../src/engine/decide/asked.ts';
import { decide } from '../../../src/engine/decide/decide.ts';
import { explain } from '../../../src/engine/decide/explain.ts';
import type { Said } from '../../../src/engine/decide/taught.ts';
import { CLOSELY, LEXICAL, Votes } from '../../../src/engine/decide/votes.ts';
import { batchOf, patternsOf } from './patterns.ts';
import type { Pattern, Vote } from './patterns.ts';

const RULES: readonly Rule[] = [{ id: 'first', pattern: 'a', label: 'User Action', about: 'somebody did something' }];
const CHECK: LlmCheck = {
  from: 'corpus', lines: 24, llm: 20, neighbour: 15, vote: 17, unanswered: 0, secondsPerLine: 2, beats: true, seed: 1,
  agreeing: { lines: 14, right: 13, confidence: 0.875 }, differing: { lines: 10, right: 7, confidence: 0.67 },
};
const UNSURE: Vote = { label: 'Error', confidence: 0.4 };
const SURE: Vote = { label: 'Error', confidence: 0.9 };

interface Change extends Partial<Asked> {
  readonly pattern?: Pattern;
  readonly vote?: Vote | null;
  readonly answer?: string;
  readonly confidence?: number;
  readonly threshold?: number;
  readonly person?: Said;
}

/** Verdict of one pattern of which a language model has said something. */
function verdict({ pattern = {}, vote = UNSURE, answer = 'Resource Usage', confidence = 0.67, threshold = 0.5, person, ...asked }: Change) {
  const table = patternsOf([pattern]);
  const votes = new Votes(1);
  if (vote !== null) votes.set([0], batchOf([vote]), CLOSELY);
  const all: Asked = { model: 'Small', believed: true, routed: new Set(), check: CHECK, said: new Map([[0, { label: answer, reasoning: '', seconds: 1, confidence }]]), ...asked };
  const columns = decide(table, RULES, votes, { threshold, ended: true, asked: all, taught: { said: new Map(person === undefined ? [] : [[0, person]]), categories: [] } });
  return { ...explain(table, RULES, votes, columns, 0, person, all), problem: columns.problem[0] };
}

describe('a language model', () => {
  test('decides what the vote is unsure of, and says why', () => {
    const found = verdict({});
    expect(found).toMatchObject({ label: 'Resource Usage', decidedBy: 'llm', bestGuess: 'Resource Usage', unsure: '', final: true });
    expect(found.confidence).toBeCloseTo(0.67);
    expect(found.reason).toBe('The page’s own models were not sure enough, and the language model “Small” says Resource Usage, which counts as 67 % sure: it was right on 20 of 24 known lines. Without it the best guess was Error at 40 %.');
  });

  test('marks problems as any other decider', () => {
    expect(verdict({ answer: 'Critical Error' }).problem).toBe(1);
    expect(verdict({ pattern: { level: LEVELS.indexOf('error') } }).problem).toBe(1);
    expect(verdict({ pattern: { level: LEVELS.indexOf('error') }, answer: 'System Notification' }).problem).toBe(0);
  });

  test('decides nothing over a person, a rule, or a vote that is sure', () => {
    expect(verdict({ person: { label: 'Error', how: 'corrected', teaches: true } }).decidedBy).toBe('person');
    expect(verdict({ pattern: { rule: 0 } }).decidedBy).toBe('rule');
    const sure = verdict({ vote: SURE });
    expect(sure).toMatchObject({ label: 'Error', decidedBy: 'model' });
    expect(sure.reason).toContain('The language model says Resource Usage.');
    expect(verdict({ vote: SURE, answer: 'Error' }).reason).toContain('The language model says the same.');
  });

  test('stands before the vote, but not before persons and rules, for sources that are routed to it', () => {
    const routed = new Set([0]);
    const found = verdict({ vote: SURE, routed });
    expect(found).toMatchObject({ label: 'Resource Usage', decidedBy: 'llm' });
    expect(found.reason).toContain('its source goes to the language model');
    expect(verdict({ vote: SURE, routed, believed: false })).toMatchObject({ label: 'Error', decidedBy: 'model' });
    expect(verdict({ vote: SURE, routed, confidence: 0.3 })).toMatchObject({ label: 'Error', decidedBy: 'model' });
    expect(verdict({ pattern: { rule: 0 }, routed }).decidedBy).toBe('rule');
  });

  test('that was not better than the others is only shown', () => {
    const found = verdict({ believed: false });
    expect(found).toMatchObject({ label: UNCLASSIFIED, decidedBy: 'none', bestGuess: 'Error', unsure: 'unsure' });
    expect(found.reason).toContain('The language model would say Resource Usage; it was not clearly better than the others on known lines, so this is only shown.');
    expect(verdict({ believed: false, check: null }).reason).toContain('not tried on known lines');
  });

  test('that is not sure enough decides nothing: right at the threshold it does', () => {
    expect(verdict({ confidence: 0.5 }).decidedBy).toBe('llm');
    const found = verdict({ confidence: 0.49 });
    expect(found).toMatchObject({ label: UNCLASSIFIED, decidedBy: 'none', bestGuess: 'Error' });
    expect(found.reason).toContain('49 % sure, which is not enough');
  });

  test('that named a category which was removed since is told as that, however sure it counts', () => {
    expect(verdict({ answer: 'Gone', confidence: 0.9 }).reason).toContain('The language model would say Gone; there is no such category any more.');
  });

  test('gives no category that there is not, and none to what has no content or is the overflow', () => {
    for (const answer of ['', 'Gone', UNCLASSIFIED, 'constructor']) expect(verdict({ answer })).toMatchObject({ label: UNCLASSIFIED, decidedBy: 'none' });
    expect(verdict({ pattern: { flags: PATTERN_NO_CONTENT } }).decidedBy).toBe('none');
    expect(verdict({ pattern: { flags: PATTERN_OVERFLOW }, vote: null }).decidedBy).toBe('none');
  });

  test('decides what the models never came to', () => {
    expect(verdict({ vote: null })).toMatchObject({ label: 'Resource Usage', decidedBy: 'llm', final: true });
  });
});

/** Any table with any votes. */
const CASES = fc.array(fc.record({
  rule: fc.constantFrom(-1, -1, 0), flags: fc.constantFrom(0, 0, PATTERN_NO_CONTENT, PATTERN_OVERFLOW), level: fc.nat({ max: LEVELS.length - 1 }),
  read: fc.constantFrom(0, LEXICAL, CLOSELY), label: fc.constantFrom(...CATEGORY_NAMES), confidence: fc.double({ min: 0.12, max: 1, noNaN: true }), answer: fc.constantFrom(...CATEGORY_NAMES, '', 'Gone'), worth: fc.double({ min: 0, max: 1, noNaN: true }),
}), { minLength: 1, maxLength: 12 });

test('without answers, or with answers that are not believed, verdicts are as without a language model; with them only what nobody knew changes', () => {
  fc.assert(fc.property(CASES, fc.boolean(), fc.boolean(), (cases, ended, cancelled) => {
    const table = patternsOf(cases);
    const votes = new Votes(cases.length);
    cases.forEach(({ read, label, confidence }, at) => { if (read === LEXICAL || read === CLOSELY) votes.set([at], batchOf([{ label, confidence }]), read); });
    const options = { threshold: 0.5, ended, cancelled };
    const said = new Map(cases.map(({ answer, worth }, at) => [at, { label: answer, reasoning: '', seconds: 1, confidence: worth }]));
    const before = decide(table, RULES, votes, options);
    expect(decide(table, RULES, votes, { ...options, asked: NOTHING_ASKED })).toEqual(before);
    expect(decide(table, RULES, votes, { ...options, asked: { ...NOTHING_ASKED, said, routed: new Set(said.keys()) } })).toEqual(before);
    const after = decide(table, RULES, votes, { ...options, asked: { ...NOTHING_ASKED, said, believed: true } });
    expect(after.labels).toEqual(before.labels);
    cases.forEach((_, at) => {
      const by = DECIDERS[after.decider[at]];
      if (by !== 'llm') expect([after.label[at], after.guess[at], after.confidence[at], by]).toEqual([before.label[at], before.guess[at], before.confidence[at], DECIDERS[before.decider[at]]]);
      else expect([DECIDERS[before.decider[at]], after.final[at]]).toEqual(['none', before.final[at]]);
    });
  }));
});
