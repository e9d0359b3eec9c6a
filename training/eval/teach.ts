import { CATEGORY_NAMES, UNCLASSIFIED, UNCLASSIFIED_CODE } from '../../src/contract/category.ts';
import type { LearnFrom } from '../../src/contract/teach.ts';
import { DECIDERS } from '../../src/contract/verdict.ts';
import { UNSURE } from '../../src/contract/view.ts';
import { Learner } from '../../src/engine/teach/learner.ts';
import { estimateRight } from '../../src/engine/teach/meter.ts';
import type { Estimate } from '../../src/engine/teach/meter.ts';
import { createRandom, shuffle } from '../../src/engine/train/random.ts';
import type { KnownPattern, TaughtLog } from './taught-log.ts';

const CLASSES = CATEGORY_NAMES.length;
const [PERSON, RULE, MODEL, NONE] = (['person', 'rule', 'model', 'none'] as const).map((name) => DECIDERS.indexOf(name));

/** Who chooses what the person is shown next. Random choice carries its seed. */
export type Chooser = 'ask' | 'rows' | number;

/** Where a simulated person stands after some clicks. Shares are of scored lines or patterns; Unclassified counts as wrong. */
export interface Standing {
  readonly clicks: number;
  /** Lines right, 0…1. */
  readonly right: number;
  /** Of lines, and of patterns, with content that neither the person nor a rule decided: right before anything was taught and now; NaN if there are none. */
  readonly others: { readonly lines: number; readonly before: number; readonly now: number; readonly patternsBefore: number; readonly patternsNow: number };
  /** The page's estimate for the scored lines with content, and the truth of it. */
  readonly estimate: Estimate;
  readonly estimated: number;
  /** What the next answer is expected to put right, as a share of lines; only of 'ask'. */
  readonly gain: number;
}

/** Lines right if every pattern had the label that most of its lines carry. */
export function ceiling({ patterns }: TaughtLog): number {
  return sum(patterns, ({ truth }) => Math.max(...truth)) / sum(patterns, lines);
}

/** Share of scored lines that have no letter or digit. */
export function wordless({ patterns }: TaughtLog): number {
  return sum(patterns, (pattern) => (pattern.open ? 0 : lines(pattern))) / sum(patterns, lines);
}

/**
 * A person who answers `clicks.at(-1)` questions with the label that most of the pattern's lines carry; where no line of it
 * is scored, with "don't know", which costs a click, too. The same learner learns, whoever chooses.
 */
export function simulate(log: TaughtLog, chooser: Chooser, clicks: readonly number[], threshold: number): Standing[] {
  const { patterns } = log;
  const learner = learnerOf(patterns);
  const taught = new Map<number, number>();
  const without = Uint8Array.from(patterns, ({ open }) => (open ? 0 : 1));
  const order = typeof chooser === 'number' ? shuffle(patterns.map((_, at) => at), createRandom(chooser)) : patterns.map((_, at) => at).sort((a, b) => patterns[b].rows - patterns[a].rows);
  const before = verdictsOf(patterns, learner, new Map(), threshold);
  const standings: Standing[] = [];
  for (let click = 0; ; click++) {
    const now = verdictsOf(patterns, learner, taught, threshold);
    const about = { rows: Float64Array.from(patterns, ({ rows }) => rows), decider: now.decider, confidence: now.confidence, without };
    const asked = chooser === 'ask' ? learner.ask(about, 1)[0] : undefined;
    if (clicks.includes(click)) standings.push(standing(patterns, before, now, click, asked?.gain ?? NaN));
    const next = chooser === 'ask' ? asked?.pattern : order.find((at) => without[at] === 0 && patterns[at].rule < 0);
    if (click >= clicks[clicks.length - 1]) return standings;
    if (next === undefined) continue;
    without[next] = 1;
    const { truth } = patterns[next];
    if (lines(patterns[next]) > 0) taught.set(next, truth.indexOf(Math.max(...truth)));
  }
}

interface Verdicts {
  /** Class said, UNCLASSIFIED_CODE for none. */
  readonly said: Uint8Array;
  readonly decider: Uint8Array;
  readonly confidence: Float32Array;
  readonly unsure: Uint8Array;
}

function learnerOf(patterns: readonly KnownPattern[]): Learner {
  const learner = new Learner();
  const open = patterns.flatMap(({ open }, at) => (open ? [at] : []));
  const dims = patterns[0]?.vector.length ?? 0;
  const vectors = new Float32Array(open.length * dims), probabilities = new Float32Array(open.length * CLASSES);
  open.forEach((pattern, at) => {
    vectors.set(patterns[pattern].vector, at * dims);
    probabilities.set(patterns[pattern].base, at * CLASSES);
  });
  learner.put({ patterns: Uint32Array.from(open), texts: open.map((at) => patterns[at]), vectors, probabilities });
  return learner;
}

/** As `decide` does it: person, rule, the models where they are sure enough. */
function verdictsOf(patterns: readonly KnownPattern[], learner: Learner, taught: ReadonlyMap<number, number>, threshold: number): Verdicts {
  const lessons = [...taught].map(([at, truth]): LearnFrom => ({ ...patterns[at], label: truth === UNCLASSIFIED_CODE ? UNCLASSIFIED : CATEGORY_NAMES[truth] }));
  const refit = learner.refit(lessons);
  const width = refit.classes.length;
  const verdicts: Verdicts = {
    said: new Uint8Array(patterns.length).fill(UNCLASSIFIED_CODE), decider: new Uint8Array(patterns.length).fill(NONE), confidence: new Float32Array(patterns.length),
    unsure: Uint8Array.from(patterns, ({ open }) => UNSURE.indexOf(open ? 'unsure' : 'no-content')),
  };
  refit.patterns.forEach((pattern, row) => {
    const shares = refit.probabilities.subarray(row * width, (row + 1) * width);
    const best = shares.indexOf(Math.max(...shares));
    verdicts.confidence[pattern] = shares[best];
    if (shares[best] >= threshold && best < CLASSES) settle(verdicts, pattern, best, MODEL, shares[best]);
  });
  patterns.forEach(({ rule }, at) => {
    if (rule >= 0) settle(verdicts, at, rule, RULE, 1);
  });
  for (const [at, truth] of taught) settle(verdicts, at, truth, PERSON, 1);
  return verdicts;
}

function settle(verdicts: Verdicts, at: number, said: number, decider: number, confidence: number): void {
  verdicts.said[at] = said;
  verdicts.decider[at] = decider;
  verdicts.confidence[at] = confidence;
  verdicts.unsure[at] = 0;
}

function standing(patterns: readonly KnownPattern[], before: Verdicts, now: Verdicts, clicks: number, gain: number): Standing {
  const others = patterns.flatMap((pattern, at) => (now.decider[at] === PERSON || now.decider[at] === RULE || !pattern.open || lines(pattern) === 0 ? [] : [at]));
  const share = (said: Uint8Array) => sum(others, (at) => patterns[at].truth[said[at]]) / sum(others, (at) => lines(patterns[at]));
  const hits = (said: Uint8Array) => sum(others, (at) => (patterns[at].truth[said[at]] === Math.max(...patterns[at].truth) ? 1 : 0)) / others.length;
  const scored = patterns.map((pattern) => (pattern.open ? lines(pattern) : 0));
  return {
    clicks, gain,
    right: sum(patterns, ({ truth }, at) => truth[now.said[at]]) / sum(patterns, lines),
    others: { lines: sum(others, (at) => lines(patterns[at])), before: share(before.said), now: share(now.said), patternsBefore: hits(before.said), patternsNow: hits(now.said) },
    estimate: estimateRight(scored, now),
    estimated: sum(patterns, ({ truth }, at) => (scored[at] > 0 ? truth[now.said[at]] : 0)) / sum(scored, (count) => count),
  };
}

function lines({ truth }: KnownPattern): number {
  return sum(truth, (count) => count);
}

function sum<T>(list: readonly T[], value: (item: T, at: number) => number): number {
  return list.reduce((total, item, at) => total + value(item, at), 0);
}
