import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED, UNCLASSIFIED_CODE } from '../../../src/contract/category.ts';
import { PATTERN_NO_CONTENT } from '../../../src/contract/pattern.ts';
import type { Rule } from '../../../src/contract/rule.ts';
import type { OwnCategory, Refit } from '../../../src/contract/teach.ts';
import type { Verdict } from '../../../src/contract/verdict.ts';
import { decide } from '../../../src/engine/decide/decide.ts';
import { explain } from '../../../src/engine/decide/explain.ts';
import { labelAxis } from '../../../src/engine/decide/label-axis.ts';
import type { Said, Taught } from '../../../src/engine/decide/taught.ts';
import { CLOSELY, Votes } from '../../../src/engine/decide/votes.ts';
import { batchOf, patternsOf } from './patterns.ts';
import type { Pattern } from './patterns.ts';

const RULES: readonly Rule[] = [
  { id: 'login', pattern: 'a', label: 'User Action', about: 'somebody came' },
  { id: 'split-1', pattern: '', label: '', about: 'rows with 5', origin: 'split' },
  { id: 'split-2', pattern: '', label: 'Fraud', about: 'rows with 6', origin: 'split' },
];
const FRAUD: OwnCategory = { name: 'Fraud', meaning: 'cheating', colour: { light: '#000000', dark: '#ffffff' }, problem: true };
const CORRECTED: Said = { label: 'Error', how: 'corrected', teaches: true };

interface Found extends Verdict {
  readonly problem: number;
}

/** Verdict of the only pattern, on which the models say Resource Usage at 0.9. */
function verdict(pattern: Pattern, said: Said | null = null, categories: readonly OwnCategory[] = []): Found {
  const table = patternsOf([pattern]);
  const votes = new Votes(1);
  votes.set([0], batchOf([{ label: 'Resource Usage', confidence: 0.9 }]), CLOSELY);
  const taught: Taught = { said: new Map(said === null ? [] : [[0, said]]), categories };
  const columns = decide(table, RULES, votes, { threshold: 0.5, ended: true, taught });
  return { ...explain(table, RULES, votes, columns, 0, said ?? undefined), problem: columns.problem[0] };
}

describe('a person', () => {
  test('beats models, rules, parts told apart and even a line without content', () => {
    for (const pattern of [{}, { rule: 0 }, { rule: 1 }, { rule: 2 }, { flags: PATTERN_NO_CONTENT }]) {
      expect(verdict(pattern, CORRECTED)).toMatchObject({ label: 'Error', confidence: 1, decidedBy: 'person', unsure: '', final: true, problem: 1 });
    }
  });

  test('may say that nothing fits', () => {
    expect(verdict({}, { label: UNCLASSIFIED, how: 'corrected', teaches: true })).toMatchObject({ label: UNCLASSIFIED, decidedBy: 'person', unsure: '' });
  });

  test('is told what the reason is', () => {
    expect(verdict({}, CORRECTED).reason).toContain('You chose');
    expect(verdict({}, { ...CORRECTED, how: 'confirmed' }).reason).toContain('right');
    expect(verdict({}, { ...CORRECTED, teaches: false }).reason).toContain('do not learn');
    expect(verdict({ rule: 2 }).reason).toContain('rows with 6');
  });
});

describe('a part that was told apart', () => {
  test('is decided by the models where it has no label', () => expect(verdict({ rule: 1 })).toMatchObject({ label: 'Resource Usage', decidedBy: 'model' }));
  test('is decided by the person where it has one', () => expect(verdict({ rule: 2 })).toMatchObject({ label: 'Fraud', decidedBy: 'person', confidence: 1 }));
});

describe('categories of one’s own', () => {
  test('are problems where the person says so', () => {
    expect(verdict({ rule: 2 }, null, [FRAUD]).problem).toBe(1);
    expect(verdict({ rule: 2 }, null, [{ ...FRAUD, problem: false }]).problem).toBe(0);
  });

  test('never move the codes of those before them', () => {
    expect(labelAxis([])).toEqual([...CATEGORY_NAMES, UNCLASSIFIED]);
    expect(labelAxis(['Fraud', '', 'Error', 'Refund', 'Fraud'])).toEqual([...CATEGORY_NAMES, UNCLASSIFIED, 'Fraud', 'Refund']);
    expect(labelAxis([])[UNCLASSIFIED_CODE]).toBe(UNCLASSIFIED);
    expect(labelAxis(Array.from({ length: 1000 }, (_, at) => `own ${at}`)).length).toBeLessThan(255);
  });
});

describe('what was learnt', () => {
  const classes = [...CATEGORY_NAMES, 'Fraud'];
  const refit: Refit = { classes, patterns: Uint32Array.of(1), probabilities: Float32Array.from(classes, (name) => (name === 'Fraud' ? 0.8 : 0.2 / 9)) };

  test('answers for the patterns it knows, and leaves when it is taken back', () => {
    const table = patternsOf([{}, {}]);
    const votes = new Votes(2);
    votes.set([0, 1], batchOf([{ label: 'Error', confidence: 0.7 }, { label: 'Error', confidence: 0.7 }]), CLOSELY);
    const labels = (): string[] => {
      const columns = decide(table, [], votes, { threshold: 0.5, ended: true });
      return [...columns.label].map((code) => columns.labels[code]);
    };
    votes.learn(refit);
    expect(labels()).toEqual(['Error', 'Fraud']);
    votes.learn(null);
    expect(labels()).toEqual(['Error', 'Error']);
  });

  test('a class called Unclassified decides nothing', () => {
    const table = patternsOf([{}]);
    const votes = new Votes(1, [...CATEGORY_NAMES, UNCLASSIFIED]);
    votes.learn({ classes: [...CATEGORY_NAMES, UNCLASSIFIED], patterns: Uint32Array.of(0), probabilities: Float32Array.from([...CATEGORY_NAMES, UNCLASSIFIED], (name) => (name === UNCLASSIFIED ? 0.91 : 0.01)) });
    votes.read[0] = CLOSELY;
    const columns = decide(table, [], votes, { threshold: 0.5, ended: true });
    expect([columns.labels[columns.label[0]], columns.decider[0], columns.unsure[0]]).toEqual([UNCLASSIFIED, 4, 1]);
  });
});
