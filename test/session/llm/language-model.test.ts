import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import { Failure, failureCode } from '../../../src/contract/failure.ts';
import type { LlmQuestion } from '../../../src/contract/llm-api.ts';
import { NO_RULE_CHANGES } from '../../../src/contract/rule.ts';
import { DECIDERS } from '../../../src/contract/verdict.ts';
import { llmFacts } from '../../../src/session/llm/llm-facts.ts';
import { openLab } from '../teaching/teaching-lab.ts';
import type { Lab } from '../teaching/teaching-lab.ts';
import { GGUF, llmBeside, subjectOf } from './llm-lab.ts';
import type { LlmLab, ScriptedLlm } from './llm-lab.ts';

const WORDS = ['apple', 'birch', 'cedar', 'dune', 'ember', 'fjord', 'grove', 'heath', 'islet', 'jetty'];
/** Of another length for each, so that no two make one pattern. */
const line = (at: number, n: number): string => `the ${Array.from({ length: at + 1 }, () => WORDS[at]).join(' ')} has number ${n}`;
/** Ten patterns, each with another number of lines, that with most last. */
const LOG = WORDS.flatMap((_, at) => Array.from({ length: at + 1 }, (_one, n) => line(at, n))).join('\n');

/** Answers all known lines right; of others says `label`. */
const right = (label: string) => (question: LlmQuestion): string => (subjectOf(question).startsWith('known') ? 'Error' : label);
/** As often right as the vote: no better. */
const asTheVote = (label: string) => (question: LlmQuestion): string => {
  const known = /^known (\d+)/.exec(subjectOf(question));
  return known === null ? label : Number(known[1]) % 2 === 0 ? 'Error' : 'User Action';
};

async function opened(say: ScriptedLlm['say'] = right('Resource Usage'), threshold = 0.85): Promise<Lab & LlmLab> {
  const lab = await openLab(LOG);
  lab.board.threshold = threshold;
  lab.board.refresh();
  const beside = llmBeside(lab);
  beside.api.say = say;
  await beside.llm.useFiles([GGUF]);
  return Object.assign(lab, beside);
}

const deciders = ({ board }: Lab): string[] => Array.from(board.verdicts?.decider ?? [], (decider) => DECIDERS[decider]);
const labels = ({ board: { verdicts } }: Lab): string[] => Array.from(verdicts?.label ?? [], (code) => verdicts?.labels[code] ?? '');

afterEach(() => void vi.useRealTimers());

describe('loading a model', () => {
  test('tries it on known lines, and starts no worker before', async () => {
    const lab = await openLab(LOG);
    const { llm, api, workers } = llmBeside(lab);
    expect([llm.stage, workers.length]).toEqual(['none', 0]);
    api.say = right('Error');
    await llm.useFiles([GGUF]);
    expect(llm.stage).toBe('ready');
    expect(llm.check).toMatchObject({ from: 'corpus', lines: 24, llm: 24, beats: true, secondsPerLine: 2 });
    expect([llm.believed, api.asked.length, llm.local?.model.name]).toEqual([true, 24, 'small']);
    expect(deciders(lab)).not.toContain('llm');
  });

  test('that is refused says so, and nothing is left of it', async () => {
    const lab = llmBeside(await openLab(LOG));
    await lab.llm.useFiles([new File(['x'], 'notes.txt')]);
    expect([lab.llm.stage, lab.llm.failure, lab.llm.model, lab.workers.length]).toEqual(['none', 'notes.txt is no model.', null, 0]);
    lab.api.onLoad = () => { throw new Failure('llm-refused', 'small.gguf is cut short.'); };
    await lab.llm.useFiles([GGUF]);
    expect([lab.llm.stage, lab.llm.failure, lab.llm.loaded, lab.llm.model]).toEqual(['none', 'small.gguf is cut short.', null, null]);
    lab.api.onLoad = () => undefined;
    await lab.llm.useFiles([GGUF]);
    expect([lab.llm.stage, lab.llm.failure]).toEqual(['ready', '']);
  });

  test('can be given up: the worker ends, and nobody is told of an error', async () => {
    const lab = llmBeside(await openLab(LOG));
    lab.api.onLoad = () => new Promise(() => undefined);
    const loading = lab.llm.useFiles([GGUF]);
    await vi.waitFor(() => expect(lab.workers.length).toBe(1));
    lab.llm.cancel();
    await loading;
    expect([lab.llm.stage, lab.llm.failure, lab.llm.model, lab.reported]).toEqual(['none', '', null, []]);
  });

  test('from the network can be given up too, and is kept and used again where it is not', async () => {
    const lab = llmBeside(await openLab(LOG));
    const { fetch } = lab.shelf;
    const model = { ...(await lab.shelf.take([GGUF], () => undefined, new AbortController().signal)).model, origin: 'listed' as const, base: 'https://models.example/' };
    lab.shelf.fetch = (_, onStep, signal) => new Promise((_resolve, reject) => {
      onStep({ bytes: 1, total: 4, path: 'small.gguf' });
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    const fetching = lab.llm.fetch(model);
    await vi.waitFor(() => expect(lab.llm.progress).toMatchObject({ done: 1, total: 4, unit: 'bytes' }));
    lab.llm.cancel();
    await fetching;
    expect([lab.llm.stage, lab.llm.failure, lab.llm.model]).toEqual(['none', '', null]);
    lab.shelf.fetch = fetch;
    await lab.llm.fetch(model);
    expect([lab.llm.stage, lab.llm.stored.length, lab.llm.local]).toEqual(['ready', 1, null]);
    lab.llm.unload();
    expect([lab.llm.stage, lab.llm.loaded, lab.workers.at(-1)?.terminated]).toEqual(['none', null, true]);
    await lab.llm.useStored(model.id);
    expect(lab.llm.stage).toBe('ready');
    await lab.llm.remove(model.id);
    expect(lab.llm.stored).toEqual([]);
  });

  test('keeps a file of this computer where that is wished', async () => {
    const { llm, kept } = await opened();
    await llm.keep();
    expect([kept.length, llm.local, llm.stage, llm.stored[0].model.name]).toEqual([1, null, 'ready', 'small']);
  });
});

describe('a trial', () => {
  test('that was skipped leaves the model there, and its answers advisory', async () => {
    const lab = llmBeside(await openLab(LOG));
    lab.api.say = () => new Promise(() => undefined);
    const loading = lab.llm.useFiles([GGUF]);
    await vi.waitFor(() => expect([lab.llm.stage, lab.api.asked.length]).toEqual(['checking', 1]));
    lab.llm.cancel();
    await loading;
    expect([lab.llm.stage, lab.llm.check, lab.llm.believed, lab.llm.failure]).toEqual(['ready', null, false, '']);
    lab.llm.setTrusted(true);
    expect(lab.llm.believed).toBe(false);
    lab.api.say = right('Error');
    await lab.llm.tryAgain(12);
    expect(lab.llm.check).toMatchObject({ lines: 12, llm: 12 });
    expect(lab.llm.believed).toBe(true);
  });

  test('that was stopped after some lines says what these showed', async () => {
    const lab = llmBeside(await openLab(LOG));
    lab.api.say = (question) => (lab.api.asked.length <= 8 ? right('Error')(question) : new Promise(() => undefined));
    const loading = lab.llm.useFiles([GGUF]);
    await vi.waitFor(() => expect(lab.api.asked.length).toBe(9));
    lab.llm.cancel();
    await loading;
    expect([lab.llm.stage, lab.llm.failure]).toEqual(['ready', '']);
    expect(lab.llm.check).toMatchObject({ lines: 8, llm: 8, secondsPerLine: 2 });
  });

  test('adds to those before, so that none is repeated until it pleases', async () => {
    const { llm, api } = await opened(asTheVote('Error'));
    llm.checkSize = 12;
    llm.unload();
    await llm.useFiles([new File(['GGUF'], 'another.gguf')]);
    const first = api.asked.slice(24).map(subjectOf);
    expect(llm.check).toMatchObject({ lines: 12, beats: false });
    await llm.tryAgain(12);
    const second = api.asked.slice(36).map(subjectOf);
    expect([new Set([...first, ...second]).size, llm.check?.lines, llm.check?.llm]).toEqual([24, 24, 12]);
    // All known lines are used up: from the start, for the same model only.
    await llm.tryAgain(12);
    expect(llm.check?.lines).toBe(12);
  });

  test('whose runtime does not stop is ended after a while', async () => {
    const { llm, api, workers } = await opened();
    api.say = () => new Promise(() => undefined);
    api.stop = () => Promise.resolve();
    vi.useFakeTimers();
    const trying = llm.tryAgain(12);
    await vi.waitFor(() => expect(llm.progress?.what).toBe('Trying it on known lines'));
    llm.cancel();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([llm.stage, llm.progress?.what]).toEqual(['checking', 'Stopping']);
    await vi.advanceTimersByTimeAsync(40_000);
    await trying;
    expect([llm.stage, llm.loaded, llm.failure, workers.length]).toEqual(['none', null, '', 1]);
  });

  test('is made on corrections where there are twelve of them', async () => {
    const lab = await openLab(Array.from({ length: 14 }, (_, at) => `unit ${`${'abcdefghijklmn'[at].repeat(4)} `.repeat(at + 1)}said`).join('\n'));
    lab.board.texts.forEach((_, pattern) => (lab.board.votes.vectors[pattern] = Float32Array.of(Math.cos(pattern), Math.sin(pattern))));
    for (let pattern = 0; pattern < 13; pattern++) await lab.teaching.label([pattern], 'User Action');
    const { llm, api } = llmBeside(lab);
    api.say = () => 'User Action';
    await llm.useFiles([GGUF]);
    expect(llm.check).toMatchObject({ from: 'corrections', lines: 13, llm: 13 });
    // Each without itself: no question tells the answer to its own line.
    for (const question of api.asked) expect(question.user.split('The line to label')[0]).not.toContain(subjectOf(question));
  });
});

describe('asking', () => {
  test('goes by rows, once for each pattern, and decides where the model is believed', async () => {
    const lab = await opened();
    const { llm, api, board } = lab;
    const { patterns } = llm.plan;
    expect(patterns.length).toBeGreaterThan(3);
    expect(llm.plan.seconds).toBe(patterns.length * 2);
    api.asked.length = 0;
    await llm.ask();
    const rows = api.asked.map((question) => WORDS.findIndex((word) => subjectOf(question).includes(word)));
    expect(rows).toEqual([...rows].sort((a, b) => b - a));
    expect([api.asked.length, llm.plan.patterns.length, llm.stage, llm.answers.size]).toEqual([patterns.length, 0, 'ready', patterns.length]);
    for (const pattern of patterns) expect([deciders(lab)[pattern], labels(lab)[pattern]]).toEqual(['llm', 'Resource Usage']);
    expect(board.verdict(patterns[0]).reason).toContain('right on 24 of 24 known lines');
    expect(llm.counts).toEqual({ asked: patterns.length, decided: patterns.length, unanswered: 0 });
  });

  test('shows a line as it stands in the file, and allows no answer but categories, own ones included', async () => {
    const lab = await opened();
    await lab.teaching.addCategory({ name: 'Greenhouse', meaning: 'Of plants.', colour: { light: '#111111', dark: '#eeeeee' }, problem: false });
    lab.api.asked.length = 0;
    lab.api.say = () => 'Greenhouse';
    await lab.llm.ask();
    const [question] = lab.api.asked;
    expect(question.answers).toEqual([...CATEGORY_NAMES, 'Greenhouse']);
    expect(question.user).toContain(`<log>${line(9, 0)}</log>`);
    expect(question.user).toContain(`<log>${line(9, 9)}</log>`);
    expect(labels(lab)).toContain('Greenhouse');
    await lab.teaching.removeCategory('Greenhouse');
    expect(labels(lab)).not.toContain('Greenhouse');
  });

  test('takes nothing that is no category, however the model puts it', async () => {
    const lab = await opened((question) => (subjectOf(question).startsWith('known') ? 'Error' : 'Error, since the log says so. Ignore the rest'));
    const before = labels(lab);
    const planned = lab.llm.plan.patterns.length;
    await lab.llm.ask();
    expect(labels(lab)).toEqual(before);
    expect(lab.llm.counts).toEqual({ asked: planned, decided: 0, unanswered: planned });
    expect(lab.llm.plan.patterns).toEqual([]);
  });

  test('decides nothing where the model was no better than the others, unless the person wants it so', async () => {
    const lab = await opened(asTheVote('Resource Usage'), 0.45);
    lab.llm.setTrusted(false);
    const before = labels(lab);
    const { patterns } = lab.llm.plan;
    expect(patterns.length).toBeGreaterThan(0);
    await lab.llm.ask();
    expect([lab.llm.believed, lab.llm.answers.size, labels(lab)]).toEqual([false, patterns.length, before]);
    expect(lab.board.verdict(patterns[0]).reason).toContain('only shown');
    lab.llm.setTrusted(true);
    // On known lines it never differed from the vote, so that nothing is known of what it is worth where it does.
    const worth = patterns.map((pattern) => lab.llm.answer(pattern)?.confidence);
    expect(worth).toEqual(patterns.map(() => 0.5));
    for (const pattern of patterns) expect([labels(lab)[pattern], lab.board.verdict(pattern).decidedBy]).toEqual(['Resource Usage', 'llm']);
    lab.llm.setTrusted(false);
    expect(labels(lab)).toEqual(before);
  });

  test('can be stopped, and goes on where it was', async () => {
    const lab = await opened();
    const planned = lab.llm.plan.patterns.length;
    let answers = 0;
    lab.api.say = () => (++answers > 2 ? new Promise<string>(() => undefined) : 'Resource Usage');
    const asking = lab.llm.ask();
    await vi.waitFor(() => expect(answers).toBe(3));
    expect([lab.llm.stage, lab.llm.progress]).toMatchObject(['asking', { done: 2, total: planned, unit: 'patterns' }]);
    lab.llm.cancel();
    await asking;
    expect([lab.llm.stage, lab.llm.answers.size, lab.llm.failure, lab.llm.plan.patterns.length]).toEqual(['ready', 2, '', planned - 2]);
    expect(deciders(lab).filter((by) => by === 'llm').length).toBe(2);
    lab.api.say = right('Resource Usage');
    await lab.llm.ask();
    expect(lab.llm.answers.size).toBe(planned);
  });

  test('keeps what was decided where the worker dies, says so, and can be gone on with', async () => {
    const lab = await opened();
    let answers = 0;
    lab.api.say = () => {
      if (++answers > 2) lab.workers.at(-1)?.fail('out of memory');
      return answers > 2 ? new Promise<string>(() => undefined) : 'Resource Usage';
    };
    await lab.llm.ask();
    expect([lab.llm.stage, lab.llm.loaded, lab.llm.answers.size]).toEqual(['none', null, 2]);
    expect(lab.llm.failure).toContain('What was decided stays. Load the model again');
    expect(lab.reported.map(failureCode)).toEqual(['llm-lost']);
    expect(deciders(lab).filter((by) => by === 'llm').length).toBe(2);
    lab.api.say = right('Resource Usage');
    await lab.llm.loadAgain();
    await lab.llm.ask();
    expect([lab.llm.failure, lab.llm.plan.patterns, new Set(deciders(lab)).has('none')]).toEqual(['', [], false]);
  });

  test('passes over a single question that the model cannot take, and ends where it can take none', async () => {
    const lab = await opened();
    const planned = lab.llm.plan.patterns.length;
    lab.api.say = (question) => { if (subjectOf(question).includes('jetty')) throw new Failure('llm-refused', 'Too long.'); return 'Resource Usage'; };
    await lab.llm.ask();
    expect([lab.llm.counts.unanswered, lab.llm.answers.size, lab.llm.failure]).toEqual([1, planned, '']);
    lab.llm.forgetAnswers();
    expect(deciders(lab)).not.toContain('llm');
    lab.api.say = () => { throw new Failure('llm-refused', 'Too long.'); };
    await lab.llm.ask();
    expect([lab.llm.failure, lab.llm.stage]).toEqual(['Too long.', 'ready']);
    expect(lab.llm.answers.size).toBeLessThan(planned);
  });

  test('is refused where categories were added that questions have no room for', async () => {
    const lab = await opened();
    for (let at = 0; at < 20; at++) await lab.teaching.addCategory({ name: `Of our own ${at}`, meaning: 'whatever we mean by that, '.repeat(20), colour: { light: '#123456', dark: '#abcdef' }, problem: false });
    await lab.llm.ask();
    expect(lab.llm.failure).toContain('Load it again');
    expect(lab.llm.answers.size).toBe(0);
  });
});

describe('answers', () => {
  test('outlive reading again with other rules; what persons and rules decide is not asked about', async () => {
    const lab = await opened();
    await lab.teaching.label([lab.pattern('the birch')], 'User Action');
    await lab.llm.ask();
    const asked = lab.api.asked.length;
    expect(lab.api.asked.some((question) => subjectOf(question).includes('birch'))).toBe(false);
    const jetty = labels(lab)[lab.pattern('the jetty')];
    await lab.teaching.changeRules('a rule', { ...NO_RULE_CHANGES, own: [{ id: 'mine', pattern: 'grove', label: 'Error', about: 'groves', origin: 'own' }] });
    expect(labels(lab)[lab.pattern('the grove')]).toBe('Error');
    expect(labels(lab)[lab.pattern('the jetty')]).toBe(jetty);
    await lab.llm.ask();
    expect(lab.api.asked.length).toBe(asked);
  });

  test('are forgotten for other files, and when another model is loaded', async () => {
    const lab = await opened();
    await lab.llm.ask();
    await lab.llm.useFiles([GGUF]);
    expect(lab.llm.said.size).toBeGreaterThan(0);
    await lab.llm.useFiles([new File(['GGUF, another'], 'other.gguf')]);
    expect([lab.llm.said.size, deciders(lab).includes('llm')]).toEqual([0, false]);
    await lab.llm.ask();
    lab.llm.leave();
    await lab.open(`${line(9, 4)}\n`);
    expect([lab.llm.answers.size, lab.llm.stage]).toEqual([0, 'ready']);
  });
});

test('a manifest says which model, by which files, how it did and what it decided', async () => {
  const lab = await opened();
  expect(await llmFacts(lab.llm)).toBeNull();
  await lab.llm.ask();
  const facts = await llmFacts(lab.llm);
  expect(facts).toMatchObject({ name: 'small', runtime: 'wllama', from: '', trial: { lines: 24, llm: 24 }, believed: true, trusted: false, asked: lab.llm.answers.size, decided: lab.llm.answers.size });
  expect(facts?.files).toEqual([{ path: 'small.gguf', sha256: createHash('sha256').update('GGUF').digest('hex') }]);
  await lab.llm.keep();
  await lab.llm.useStored(lab.llm.stored[0].model.id);
  await lab.llm.ask();
  expect((await llmFacts(lab.llm))?.files).toEqual([{ path: 'small.gguf', sha256: 'ab'.repeat(32) }]);
});

describe('routed sources and review', () => {
  const CSV = ['source,log_message', ...WORDS.flatMap((_, at) => [0, 1].map((n) => `${at < 5 ? 'LegacyCRM' : 'web'},${line(at, n)}`))].join('\n');

  async function sure(): Promise<Lab & LlmLab> {
    const lab = await openLab(CSV, 'a.csv');
    lab.board.threshold = 0;
    lab.board.refresh();
    const beside = llmBeside(lab);
    beside.api.say = right('Deprecation Warning');
    await beside.llm.useFiles([GGUF]);
    return Object.assign(lab, beside);
  }

  test('what a routed source wrote is asked about though the vote is sure, and decided', async () => {
    const lab = await sure();
    expect(lab.llm.plan.patterns).toEqual([]);
    expect(lab.llm.sources).toMatchObject([{ name: 'LegacyCRM', rows: 10, routed: false }, { name: 'web', rows: 10 }]);
    lab.llm.setRouted(['LegacyCRM']);
    expect(lab.llm.plan.patterns.length).toBe(5);
    await lab.llm.ask();
    expect(WORDS.map((word) => deciders(lab)[lab.pattern(`the ${word}`)])).toEqual([...Array<string>(5).fill('llm'), ...Array<string>(5).fill('model')]);
    lab.llm.setRouted([]);
    expect(new Set(deciders(lab))).toEqual(new Set(['model']));
  });

  test('a review lists what it does not share, and changes no verdict', async () => {
    const lab = await sure();
    const before = labels(lab);
    lab.llm.setReviewing(true);
    expect(lab.llm.plan.patterns.length).toBe(WORDS.length);
    await lab.llm.ask();
    expect(labels(lab)).toEqual(before);
    const differing = before.flatMap((label, pattern) => (label === 'Deprecation Warning' ? [] : [pattern]));
    expect(lab.llm.disagreements.map(({ pattern }) => pattern).sort((a, b) => a - b)).toEqual(differing);
    expect(lab.llm.disagreements.map(({ vote, pattern }) => vote === before[pattern])).not.toContain(false);
    expect(before).not.toContain(UNCLASSIFIED);
  });
});
