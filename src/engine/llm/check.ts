import type { CheckLine, LlmCheck, LlmSaid } from '../../contract/llm.ts';
import { apportion } from '../teach/spot-check.ts';
import { createRandom, shuffle } from '../train/random.ts';
import { median } from './time-left.ts';

/**
 * Lines for a trial, in random order: one of each label, as far as they go, the rest in proportion to the labels' lines. The same
 * lines and seed give the same draw; all of them where there are no more than `size`.
 */
export function drawCheck(lines: readonly CheckLine[], size: number, seed: number): CheckLine[] {
  const random = createRandom(seed);
  const byLabel = new Map<string, CheckLine[]>();
  for (const line of lines) byLabel.set(line.label, [...(byLabel.get(line.label) ?? []), line]);
  const groups = [...byLabel.keys()].sort().map((label) => shuffle(byLabel.get(label) ?? [], random));
  const order = shuffle(groups, random);
  const first = order.slice(0, size).map(([line]) => line);
  const rest = order.map((group) => group.slice(1));
  const seats = apportion(rest.map(({ length }) => length), Math.max(0, size - first.length));
  return shuffle([...first, ...rest.flatMap((group, at) => group.slice(0, seats[at]))], random);
}

/** So many lines stand for what is expected before any is seen: the share right of all answers (m-estimate; Cestnik 1990). */
const WEIGHT = 2;

/** What a trial showed. @param answers by line; where there are fewer (it was stopped) the other lines do not count */
export function scoreCheck(from: LlmCheck['from'], lines: readonly CheckLine[], answers: readonly LlmSaid[], seed: number): LlmCheck {
  const tried = lines.slice(0, answers.length);
  const right = (of: (line: CheckLine, at: number) => string | undefined): boolean[] => tried.map((line, at) => of(line, at) === line.label);
  const llm = right((_, at) => answers[at].label), neighbour = right(({ nearest }) => nearest[0]?.label), vote = right((line) => line.vote);
  const answered = tried.map((line, at) => ({ line, said: answers[at].label })).filter(({ said }) => said !== '');
  /** Of all answers; one right and one wrong are added. */
  const overall = (answered.filter(({ line, said }) => said === line.label).length + 1) / (answered.length + 2);
  const share = (counts: (one: (typeof answered)[number]) => boolean): LlmCheck['agreeing'] => {
    const some = answered.filter(counts);
    const good = some.filter(({ line, said }) => said === line.label).length;
    return { lines: some.length, right: good, confidence: (good + WEIGHT * overall) / (some.length + WEIGHT) };
  };
  const differing = share(({ line, said }) => said !== line.vote);
  return {
    from, lines: tried.length, llm: count(llm), neighbour: count(neighbour), vote: count(vote), unanswered: tried.length - answered.length,
    secondsPerLine: median(answers.map(({ seconds }) => seconds)),
    agreeing: share(({ line, said }) => said === line.vote),
    // Corrections are made where the vote was wrong: who contradicts it there looks better than it is.
    differing: { ...differing, confidence: Math.min(differing.confidence, overall) },
    beats: isClear(llm, neighbour) && isClear(llm, vote), seed,
  };
}

const count = (right: readonly boolean[]): number => right.filter(Boolean).length;

/** A lead that two equally good ones would show by chance more often than this is none. */
const BY_CHANCE = 0.1;

/**
 * Whether one is right more often than another by more than chance (one-sided sign test; McNemar 1947): of the lines that just one of
 * them knew, at least so many are its. With few lines that takes much: 4 of 4, 6 of 7, 7 of 9, 10 of 14, 14 of 20.
 */
export function isClear(one: readonly boolean[], other: readonly boolean[]): boolean {
  const won = one.filter((right, at) => right && !other[at]).length;
  const lost = one.filter((right, at) => !right && other[at]).length;
  const lines = won + lost;
  let ways = 1, chance = 0;
  for (let losses = 0; losses <= lost; losses++) {
    chance += ways / 2 ** lines;
    ways = (ways * (lines - losses)) / (losses + 1);
  }
  return chance <= BY_CHANCE;
}

/** Probability that an answer is right, by a trial; 0 where it was none. @param guess the vote's likeliest category, '' where there is none */
export function confidenceOf({ agreeing, differing }: LlmCheck, label: string, guess: string): number {
  if (label === '') return 0;
  return (label === guess ? agreeing : differing).confidence;
}
