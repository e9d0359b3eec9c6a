import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../../src/contract/pattern.ts';
import type { Rule } from '../../../src/contract/rule.ts';
import { DECIDERS } from '../../../src/contract/verdict.ts';
import type { VerdictColumns } from '../../../src/contract/view.ts';
import type { RecordedVerdict, TaughtParts } from '../../../src/engine/bundle/bundle.ts';
import { parseBundle } from '../../../src/engine/bundle/read-bundle.ts';
import { applyReplay, isReplayed, recordVerdicts, replayOf } from '../../../src/engine/bundle/replay.ts';
import { sameTaught } from '../../../src/engine/bundle/same-taught.ts';
import { writeBundle } from '../../../src/engine/bundle/write-bundle.ts';
import { NOTHING_ASKED } from '../../../src/engine/decide/asked.ts';
import type { Asked } from '../../../src/engine/decide/asked.ts';
import { decide } from '../../../src/engine/decide/decide.ts';
import type { Said } from '../../../src/engine/decide/taught.ts';
import { CLOSELY, LEXICAL, Votes } from '../../../src/engine/decide/votes.ts';
import { batchOf, patternsOf } from '../decide/patterns.ts';
import type { Pattern, Vote } from '../decide/patterns.ts';
import { EMPTY, lessonOf, modelOf } from './made-bundle.ts';

const RULES: readonly Rule[] = [{ id: 'first', pattern: 'a', label: 'User Action', about: 'somebody did something' }];
const SAID: Said = { label: 'Fraud', how: 'corrected', teaches: true };
const FRAUD = { name: 'Fraud', meaning: '', colour: { light: '#0b7285', dark: '#3bc9db' }, problem: true };

const PATTERNS: readonly Pattern[] = [
  { text: 'by rule', rule: 0 }, { text: 'by person' }, { text: 'sure', level: 3, rows: 5 }, { text: 'unsure', rows: 9 }, { text: 'unlike' }, { text: 'word model only' },
  { text: '---', flags: PATTERN_NO_CONTENT }, { text: '', flags: PATTERN_OVERFLOW }, { text: 'sure', level: 6 },
];
/** The same patterns as a back end sees them whose every answer differs a little or a lot. */
const HERE: readonly (Vote | null)[] = [null, { label: 'Error', confidence: 0.9 }, { label: 'Error', confidence: 0.93 }, { label: 'Error', confidence: 0.4 }, { label: 'User Action', confidence: 0.3, novelty: 0.9 }, { label: 'Error', confidence: 0.8 }, null, null, { label: 'Critical Error', confidence: 0.7 }];
const THERE: readonly (Vote | null)[] = HERE.map((vote) => (vote === null ? null : { label: 'Resource Usage', confidence: 0.51 }));

const table = patternsOf(PATTERNS);
const open = { table, texts: PATTERNS.map(({ text = '', level = 0 }) => ({ text, level })) };

/** A language model that knows the pattern “unsure”. */
const ASKED: Asked = { ...NOTHING_ASKED, believed: true, said: new Map([[3, { label: 'Workflow Error', reasoning: '', seconds: 1, confidence: 0.7 }]]) };

function verdictsOf(votes: readonly (Vote | null)[], ended = true, asked = NOTHING_ASKED): VerdictColumns {
  const cast = new Votes(table.count);
  votes.forEach((vote, pattern) => vote !== null && cast.set([pattern], batchOf([vote]), pattern === 5 ? LEXICAL : CLOSELY));
  return decide(table, RULES, cast, { threshold: 0.5, ended, asked, taught: { said: new Map([[1, SAID]]), categories: [FRAUD] } });
}

/** Columns with codes as names, which may be numbered in other ways. */
function inWords(columns: VerdictColumns): unknown[] {
  return Array.from(columns.label, (label, at) => ({
    label: columns.labels[label], guess: columns.labels[columns.guess[at]] ?? '', confidence: columns.confidence[at], decider: DECIDERS[columns.decider[at]],
    unsure: columns.unsure[at], final: columns.final[at], problem: columns.problem[at],
  }));
}

describe('a recording', () => {
  test('put over what another back end says gives the first one’s verdicts again, after a way through a file', async () => {
    const here = verdictsOf(HERE);
    const { verdicts, leftOut } = recordVerdicts(here, open);
    expect(leftOut).toBe(0);
    const bundle = await parseBundle(new TextEncoder().encode(writeBundle({ ...EMPTY, verdicts })));
    const replayed = applyReplay(verdictsOf(THERE), open, replayOf(bundle), [FRAUD]);
    expect(inWords(replayed)).toEqual(inWords(here));
    expect(inWords(verdictsOf(THERE))).not.toEqual(inWords(here));
  });

  test('holds what a language model said, for machines that have none; where nobody knew, one that is asked here counts', async () => {
    const asked = verdictsOf(HERE, true, ASKED);
    const { verdicts } = recordVerdicts(asked, open);
    expect(verdicts.find(({ text }) => text === 'unsure')).toMatchObject({ label: 'Workflow Error', by: 'llm' });
    const bundle = await parseBundle(new TextEncoder().encode(writeBundle({ ...EMPTY, verdicts })));
    expect(inWords(applyReplay(verdictsOf(THERE), open, replayOf(bundle), [FRAUD]))).toEqual(inWords(asked));
    const before = replayOf(recordVerdicts(verdictsOf(HERE), open));
    expect(inWords(applyReplay(asked, open, before, [FRAUD]))).toEqual(inWords(asked));
    expect(isReplayed('llm', before.get('3 sure'))).toBe(true);
  });

  test('holds what models said, and nobody; not persons, rules, lines without content or beyond the cap', () => {
    const { verdicts } = recordVerdicts(verdictsOf(HERE), open);
    expect(verdicts.map(({ text, level, by, label, guess, unsure }) => [text, level, by, label, guess, unsure])).toEqual([
      ['unsure', 0, 'none', UNCLASSIFIED, 'Error', 'unsure'], ['sure', 3, 'model', 'Error', 'Error', ''], ['unlike', 0, 'none', UNCLASSIFIED, 'User Action', 'unlike'],
      ['word model only', 0, 'model', 'Error', 'Error', ''], ['sure', 6, 'model', 'Critical Error', 'Critical Error', ''],
    ]);
  });

  test('holds nothing that may still change', () => {
    expect(recordVerdicts(verdictsOf(HERE, false), open).verdicts.map(({ text }) => text)).not.toContain('word model only');
  });

  test('keeps those with most rows where there is room for few, and what an earlier one says of patterns that are not open', () => {
    const elsewhere: RecordedVerdict = { text: 'elsewhere', level: 0, label: 'Error', guess: 'Error', confidence: 0.75, by: 'model', unsure: '' };
    const earlier = replayOf({ verdicts: [elsewhere, { ...elsewhere, text: 'sure', level: 3, label: 'User Action' }] });
    const { verdicts } = recordVerdicts(verdictsOf(HERE), open, earlier);
    expect(verdicts.at(-1)).toEqual(elsewhere);
    expect(verdicts.find(({ text, level }) => text === 'sure' && level === 3)?.label).toBe('Error');
    expect(recordVerdicts(verdictsOf(HERE), open, earlier, 10)).toMatchObject({ verdicts: [{ text: 'unsure' }, { text: 'sure' }], leftOut: 4 });
  });

  test('of a category that is not known here adds it behind the others, and moves no code', () => {
    const here = verdictsOf(HERE);
    const replay = replayOf({ verdicts: [{ text: 'sure', level: 3, label: 'Sabotage', guess: 'Sabotage', confidence: 0.9, by: 'model', unsure: '' }] });
    const replayed = applyReplay(here, open, replay, []);
    expect(replayed.labels).toEqual([...here.labels, 'Sabotage']);
    expect(replayed.labels[replayed.label[2]]).toBe('Sabotage');
    expect(here.labels.slice(0, CATEGORY_NAMES.length)).toEqual(CATEGORY_NAMES);
    expect(here.labels).not.toContain('Sabotage');
  });
});

describe('a recording holds', () => {
  const rules = { own: [{ id: 'r', pattern: 'x', label: 'Error', about: '' }], off: ['s', 't'], splits: [] };
  const recorded: TaughtParts = { ...EMPTY, rules, lessons: [lessonOf('Error', ['a', 'b']), lessonOf('Fraud', ['c'])] };

  test('while the same is taught, in whatever order and of whatever colour', () => {
    const now: TaughtParts = { ...recorded, lessons: [...recorded.lessons].reverse(), rules: { ...rules, off: ['t', 's'] }, categories: [FRAUD] };
    expect(sameTaught(recorded, now)).toBe(true);
  });

  test('where the patterns of another file have other keys', () => {
    expect(sameTaught(recorded, { ...recorded, lessons: [lessonOf('Error', ['a', 'd']), lessonOf('Error', ['b']), lessonOf('Fraud', ['c'])] })).toBe(true);
  });

  test.each<[string, Partial<TaughtParts>]>([
    ['a lesson more', { lessons: [...recorded.lessons, lessonOf('Error', ['z'])] }], ['a lesson less', { lessons: [lessonOf('Error', ['a', 'b'])] }], ['a key less', { lessons: [lessonOf('Error', ['a']), lessonOf('Fraud', ['c'])] }],
    ['another label', { lessons: [lessonOf('Fraud', ['a', 'b']), lessonOf('Fraud', ['c'])] }], ['one that no longer teaches', { lessons: [lessonOf('Error', ['a', 'b'], { teaches: false }), lessonOf('Fraud', ['c'])] }],
    ['another threshold', { threshold: 0.6 }], ['a rule more', { rules: { ...rules, own: [...rules.own, { id: 'q', pattern: 'y', label: 'Error', about: '' }] } }], ['a rule on again', { rules: { ...rules, off: ['s'] } }],
  ])('no longer with %s', (_, change) => {
    expect(sameTaught(recorded, { ...recorded, ...change })).toBe(false);
  });

  test('no longer with another model, or models that vote in another way', async () => {
    const models = [await modelOf('m')];
    expect(sameTaught(recorded, { ...recorded, models })).toBe(false);
    expect(sameTaught({ ...recorded, models }, { ...recorded, models, modelMode: 'replace' })).toBe(false);
    expect(sameTaught({ ...recorded, models }, { ...recorded, models: [{ ...models[0], name: 'renamed' }] })).toBe(true);
  });
});
