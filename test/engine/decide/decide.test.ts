import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED, UNCLASSIFIED_CODE } from '../../../src/contract/category.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../../src/contract/pattern.ts';
import type { Rule } from '../../../src/contract/rule.ts';
import { DEFAULT_THRESHOLD } from '../../../src/contract/verdict.ts';
import { NO_GUESS } from '../../../src/contract/view.ts';
import { NOVEL, decide } from '../../../src/engine/decide/decide.ts';
import type { DecideOptions } from '../../../src/engine/decide/decide.ts';
import { explain } from '../../../src/engine/decide/explain.ts';
import { CLOSELY, LEXICAL, Votes } from '../../../src/engine/decide/votes.ts';
import { batchOf, patternsOf } from './patterns.ts';
import type { Pattern, Vote } from './patterns.ts';

const RULES: readonly Rule[] = [
  { id: 'first', pattern: 'a', label: 'User Action', about: 'somebody did something' },
  { id: 'own', pattern: 'b', label: 'Fraud', about: 'a category of one’s own' },
];
const RUNNING: DecideOptions = { threshold: DEFAULT_THRESHOLD, ended: false };
const ENDED = { threshold: DEFAULT_THRESHOLD, ended: true };

/** Verdict of one pattern in words. */
function verdict(pattern: Pattern, vote: Vote | null, read: typeof LEXICAL | typeof CLOSELY = CLOSELY, options = RUNNING): ReturnType<typeof explain> & { problem: number } {
  const table = patternsOf([pattern]);
  const votes = new Votes(1);
  if (vote !== null) votes.set([0], batchOf([vote]), read);
  const columns = decide(table, RULES, votes, options);
  return { ...explain(table, RULES, votes, columns, 0), problem: columns.problem[0] };
}

describe('who decides', () => {
  test('a rule, whatever the models say', () => {
    const found = verdict({ rule: 0 }, { label: 'Error', confidence: 0.99 });
    expect(found).toMatchObject({ label: 'User Action', confidence: 1, decidedBy: 'rule', bestGuess: 'User Action', unsure: '', final: true });
    expect(found.reason).toContain('“first”');
  });

  test('a rule with a category of one’s own', () => {
    expect(verdict({ rule: 1 }, null)).toMatchObject({ label: 'Fraud', decidedBy: 'rule', problem: 0 });
  });

  test('the models, where they are sure', () => {
    expect(verdict({}, { label: 'Error', confidence: 0.9 })).toMatchObject({ label: 'Error', decidedBy: 'model', bestGuess: 'Error', unsure: '', final: true });
  });

  test('the models, right at the threshold', () => {
    expect(verdict({}, { label: 'Error', confidence: 0.5 }).decidedBy).toBe('model');
    expect(verdict({}, { label: 'Error', confidence: 0.49 }).decidedBy).toBe('none');
    expect(verdict({}, { label: 'Error', confidence: 0.49 }, CLOSELY, { threshold: 0.3, ended: false }).label).toBe('Error');
    expect(verdict({}, { label: 'Error', confidence: 0.9 }, CLOSELY, { threshold: 0.95, ended: false }).label).toBe(UNCLASSIFIED);
  });

  test('nobody, where they are not: the best guess is kept', () => {
    const found = verdict({}, { label: 'Error', confidence: 0.4 });
    expect(found).toMatchObject({ label: UNCLASSIFIED, decidedBy: 'none', bestGuess: 'Error', unsure: 'unsure', final: true });
    expect(found.confidence).toBeCloseTo(0.4);
    expect(found.reason).toContain('Error at 40 %');
  });

  test('nobody, where nothing like it is known', () => {
    expect(verdict({}, { label: 'Error', confidence: 0.4, novelty: NOVEL })).toMatchObject({ unsure: 'unlike', bestGuess: 'Error' });
    expect(verdict({}, { label: 'Error', confidence: 0.8, novelty: 1 })).toMatchObject({ label: 'Error', unsure: '' });
  });

  test('nobody, where there is nothing to read', () => {
    expect(verdict({ flags: PATTERN_NO_CONTENT }, { label: 'Error', confidence: 1 })).toMatchObject({ label: UNCLASSIFIED, decidedBy: 'none', unsure: 'no-content', bestGuess: '', confidence: 0, final: true });
    expect(verdict({ flags: PATTERN_NO_CONTENT, rule: 0 }, null).label).toBe('User Action');
  });
});

describe('what is final', () => {
  test('a vote of the word model alone is provisional until the run ends', () => {
    const vote = { label: 'Error', confidence: 0.9 };
    expect(verdict({}, vote, LEXICAL)).toMatchObject({ label: 'Error', final: false });
    expect(verdict({}, vote, LEXICAL).reason).toContain('Only the word model');
    expect(verdict({}, vote, LEXICAL, ENDED)).toMatchObject({ label: 'Error', final: true });
    expect(verdict({}, vote, CLOSELY).reason).not.toContain('Only the word model');
  });

  test('after a cancel, what only the word model has looked at is undecided, with its answer as the best guess', () => {
    const word = verdict({}, { label: 'Error', confidence: 0.9 }, LEXICAL, { ...ENDED, cancelled: true });
    expect(word).toMatchObject({ label: UNCLASSIFIED, decidedBy: 'none', bestGuess: 'Error', unsure: 'pending', final: true });
    expect(word.reason).toContain('cancelled');
    expect(verdict({}, { label: 'Error', confidence: 0.9 }, CLOSELY, { ...ENDED, cancelled: true })).toMatchObject({ label: 'Error', decidedBy: 'model' });
    expect(verdict({}, { label: 'Error', confidence: 0.9 }, LEXICAL, ENDED)).toMatchObject({ label: 'Error', decidedBy: 'model' });
  });

  test('a pattern nobody has looked at is pending, and unsure once the run has ended', () => {
    expect(verdict({}, null)).toMatchObject({ label: UNCLASSIFIED, unsure: 'pending', bestGuess: '', final: false });
    const ended = verdict({}, null, CLOSELY, ENDED);
    expect(ended).toMatchObject({ label: UNCLASSIFIED, unsure: 'unsure', bestGuess: '', final: true });
    expect(ended.reason).toContain('run ended');
    expect(verdict({ flags: PATTERN_OVERFLOW }, null, CLOSELY, ENDED).reason).toContain('more distinct patterns');
  });
});

describe('the columns', () => {
  test('have Unclassified where it always is, before categories of one’s own', () => {
    const { labels, guess, label } = decide(patternsOf([{}]), RULES, new Votes(1), RUNNING);
    expect(labels).toEqual([...CATEGORY_NAMES, UNCLASSIFIED, 'Fraud']);
    expect([label[0], guess[0]]).toEqual([UNCLASSIFIED_CODE, NO_GUESS]);
  });

  test('are the same whatever the order in which votes came', () => {
    const vote = fc.record({ label: fc.constantFrom(...CATEGORY_NAMES), confidence: fc.float({ min: Math.fround(0.2), max: 1, noNaN: true }), novelty: fc.float({ min: 0, max: 1, noNaN: true }) });
    fc.assert(fc.property(fc.array(vote, { minLength: 1, maxLength: 20 }), fc.nat(), (votes, cut) => {
      const table = patternsOf(votes.map(() => ({})));
      const all = votes.map((_, at) => at);
      const atOnce = new Votes(votes.length);
      atOnce.set(all, batchOf(votes), CLOSELY);
      const inParts = new Votes(votes.length);
      inParts.set(all, batchOf(votes), LEXICAL);
      const turned = [...all.slice(cut % votes.length), ...all.slice(0, cut % votes.length)].reverse();
      for (const at of turned) inParts.set([at], batchOf([votes[at]]), CLOSELY);
      expect(decide(table, RULES, inParts, RUNNING)).toEqual(decide(table, RULES, atOnce, RUNNING));
    }));
  });

  test('give a label only where the confidence reaches the threshold', () => {
    const vote = fc.record({ label: fc.constantFrom(...CATEGORY_NAMES), confidence: fc.float({ min: Math.fround(0.12), max: 1, noNaN: true }) });
    fc.assert(fc.property(vote, fc.float({ min: 0, max: 1, noNaN: true }), (one, threshold) => {
      const found = verdict({}, one, CLOSELY, { threshold, ended: false });
      expect(found.bestGuess).toBe(one.label);
      expect(found.label).toBe(found.confidence >= threshold ? one.label : UNCLASSIFIED);
    }));
  });
});

describe('reasons', () => {
  test('name who agrees and who does not', () => {
    const { reason } = verdict({}, { label: 'Error', confidence: 0.7, says: ['Error', 'Error', 'Critical Error', '', 'Error'] });
    expect(reason).toBe('Error at 70 %, weighed and calibrated; 3 of 4 voters agree: logistic regression, random forest, nearest example; against: naive Bayes (Critical Error).');
  });
});
