import { pool } from './taught-log.ts';
import type { TaughtLog } from './taught-log.ts';
import { ceiling, simulate, wordless } from './teach.ts';
import type { Standing } from './teach.ts';

/** Answers after which accuracy is printed. */
const CLICKS = [0, 5, 10, 20] as const;
const SEEDS = [1, 2, 3, 4, 5];

const HEAD = [
  ...CLICKS.map((clicks) => `ask ${clicks}`), ...CLICKS.slice(1).map((clicks) => `| rows ${clicks}`), ...CLICKS.slice(1).map((clicks) => `| random ${clicks}`),
  '| ceiling', 'wordless', '| others before', 'after 20', 'patterns before', 'after 20',
];

/** One log, or many opened as one, taught in three ways. All figures are shares. */
interface Line {
  readonly name: string;
  readonly values: readonly number[];
  readonly asked: readonly Standing[];
}

/** Prints lines right after answers to questions chosen by "Ask me", by rows and at random: by log, on average, and for all logs opened as one. */
export function reportTeaching(title: string, logs: readonly TaughtLog[], threshold: number): void {
  const lines = logs.map((log) => lineOf(log, threshold));
  const together = lineOf(pool('all opened as one', logs), threshold);
  console.log(`\n${title}: lines right after answers`);
  console.log(`${''.padEnd(22)}${HEAD.map((name) => name.padStart(widthOf(name))).join('')}`);
  for (const line of lines) print(line.name, line.values);
  print('mean', HEAD.map((_, at) => mean(lines.map(({ values }) => values[at]))));
  print('worst', HEAD.map((_, at) => Math.min(...lines.map(({ values }) => values[at]).filter((value) => !Number.isNaN(value)))));
  print(together.name, together.values);
  reportMeter([...lines, together]);
  console.log(`\nask: "Ask me" chooses; rows: the largest pattern that no rule decides; random: mean of ${SEEDS.length} seeds among the same. Whoever is asked gives the label\nthat most of the pattern's lines carry; where all are "?" the answer is "don't know", and counts. Unclassified is wrong (threshold ${threshold}).\nceiling: with every pattern labelled so; wordless: lines without a letter or digit, which stay Unclassified and are never asked about.\nothers: lines and patterns with content that neither the person nor a rule decided, before and after 20 answers.`);
}

/** How far the page's own estimate is off, and how often its interval holds. */
function reportMeter(lines: readonly Line[]): void {
  console.log('\nMeter, for lines with content: estimated minus true share of lines right, how often its 95 % interval holds, its mean width, and what one more answer promises');
  CLICKS.forEach((clicks, at) => {
    const standings = lines.map(({ asked }) => asked[at]);
    const off = mean(standings.map(({ estimate, estimated }) => estimate.share - estimated));
    const holds = mean(standings.map(({ estimate: { low, high }, estimated }) => (estimated >= low - GRID && estimated <= high + GRID ? 1 : 0)));
    const width = mean(standings.map(({ estimate }) => estimate.high - estimate.low));
    const promise = mean(standings.map(({ gain }) => gain));
    console.log(`after ${String(clicks).padStart(2)}: ${off.toFixed(3)}, ${holds.toFixed(2)}, ${width.toFixed(3)}, ${promise.toFixed(4)}`);
  });
}

/** The meter's interval ends on steps of this size. */
const GRID = 0.001;

function lineOf(log: TaughtLog, threshold: number): Line {
  const asked = simulate(log, 'ask', CLICKS, threshold);
  const byRows = simulate(log, 'rows', CLICKS, threshold);
  const random = SEEDS.map((seed) => simulate(log, seed, CLICKS, threshold));
  const { others } = asked[asked.length - 1];
  const values = [
    ...asked.map(({ right }) => right), ...byRows.slice(1).map(({ right }) => right), ...CLICKS.slice(1).map((_, at) => mean(random.map((standings) => standings[at + 1].right))),
    ceiling(log), wordless(log), others.before, others.now, others.patternsBefore, others.patternsNow,
  ];
  return { name: log.name, values, asked };
}

function print(name: string, values: readonly number[]): void {
  console.log(`${name.padEnd(22)}${values.map((value, at) => (Number.isNaN(value) ? '–' : value.toFixed(3)).padStart(widthOf(HEAD[at]))).join('')}`);
}

function widthOf(name: string): number {
  return Math.max(8, name.length + 2);
}

/** Of the values that are numbers. */
function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
