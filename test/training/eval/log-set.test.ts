import { expect, test } from 'vitest';
import { VOTERS, VOTER_NAMES } from '../../../src/contract/verdict.ts';
import { BUILT_IN_RULES } from '../../../src/engine/rules/built-in-rules.ts';
import { runEngine } from '../../../training/eval/engine.ts';
import { figuresOf } from '../../../training/eval/figures.ts';
import { logSet, openTexts, ruleClasses } from '../../../training/eval/log-set.ts';
import { NOTHING, rulesFirst } from '../../../training/eval/opinion.ts';
import type { Opinion } from '../../../training/eval/opinion.ts';

const LOGS = [
  { name: 'plant.log', lines: ['badge unknown', '-----', 'cache flushed', 'Failed password for invalid user admin from 10.0.0.9 port 4711 ssh2', 'badge unknown'] },
  { name: 'shop.log', lines: ['Out of memory: Killed process 4711 (java)', 'cache flushed'] },
];
const LABELS = [['Security Alert', 'Unclassified', 'System Notification', 'Security Alert', '?'], ['Critical Error', 'Error']];

test('what the page shows is rules, then the vote; every opinion speaks of the patterns of all logs', async () => {
  const runs = await runEngine(LOGS.map(({ name, lines }) => ({ name, bytes: new TextEncoder().encode(`${lines.join('\n')}\n`) })), BUILT_IN_RULES, 0.5);
  // A stand-in for the classic recipe, sure of class 5 where it may speak.
  const classic = [runs.map((run): Opinion => {
    const open = openTexts(run).map((text) => text !== null);
    return { name: 'classic: majority of three', choice: Int32Array.from(open, (asked) => (asked ? 5 : NOTHING)), confidence: Float64Array.from(open, Number) };
  })];
  const set = logSet('two logs', runs.map((run, at) => ({ name: LOGS[at].name, run, labels: LABELS[at] })), classic);
  const rule = Int32Array.from(runs.flatMap((run) => [...ruleClasses(run)]));
  const patterns = rule.length;
  const { choice, confidence } = rulesFirst('', rule, set.vote);
  expect([[...set.page.choice], [...set.page.confidence]]).toEqual([[...choice], [...confidence]]);
  expect([...rule].filter((label) => label !== NOTHING).length).toBeGreaterThan(0);
  expect([...rule]).toContain(NOTHING);
  for (const one of [set.vote, set.page, ...set.others]) expect([one.choice.length, one.confidence.length]).toEqual([patterns, patterns]);
  expect(set.others.map(({ name }) => name)).toEqual([
    'word model, calibrated', ...VOTERS.map((voter) => VOTER_NAMES[voter]), 'classic: rules, then majority', 'classic: majority of three', 'rules alone',
  ]);
  expect([...set.groupOf]).toEqual([...runs[0].result.texts.map(() => 0), ...runs[1].result.texts.map(() => 1)]);
  // "?" is left out; of dashes it is right to say nothing.
  expect(set.byLine?.weight.reduce((a, b) => a + b, 0)).toBe(6);
  const dashes = set.byPattern.truth.indexOf(NOTHING);
  expect(set.page.choice[set.byPattern.pattern[dashes]]).toBe(NOTHING);
  expect(figuresOf(set.page, set.byPattern, 0.5).accuracy).toBeGreaterThanOrEqual(0.5);
}, 120_000);
