import type { TrainingData } from '../../contract/training.ts';
import type { Random } from './random.ts';
import { shuffle } from './random.ts';

/** One round of testing: per entry of the data, how many of its rows are tested; the others are learnt from. */
export type TestRows = Float64Array;

type Counted = Pick<TrainingData, 'pattern' | 'label' | 'rows'>;

/**
 * k rounds in which no pattern is on both sides. Patterns go, class by class and the largest first (equal ones in drawn
 * order), to the round with fewest rows of that class, then fewest rows at all: so a rare class is tested in as many rounds
 * as it has patterns (the idea of scikit-learn's StratifiedGroupKFold). A pattern of several labels counts for its first.
 */
export function groupedRounds(data: Counted, k: number, random: Random): TestRows[] {
  const patterns = new Map<number, { label: number; rows: number }>();
  data.pattern.forEach((pattern, i) => {
    const known = patterns.get(pattern);
    if (known) known.rows += data.rows[i];
    else patterns.set(pattern, { label: data.label[i], rows: data.rows[i] });
  });
  if (!(k >= 2) || patterns.size < k) throw new RangeError(`${patterns.size} patterns cannot make ${k} rounds`);
  const drawn = shuffle([...patterns], random).sort(([, a], [, b]) => a.label - b.label || b.rows - a.rows);
  const all = new Float64Array(k);
  const ofClass = new Float64Array(k);
  const round = new Map<number, number>();
  drawn.forEach(([pattern, { label, rows }], i) => {
    if (i > 0 && drawn[i - 1][1].label !== label) ofClass.fill(0);
    let least = 0;
    for (let r = 1; r < k; r += 1) if (ofClass[r] < ofClass[least] || (ofClass[r] === ofClass[least] && all[r] < all[least])) least = r;
    round.set(pattern, least);
    ofClass[least] += rows;
    all[least] += rows;
  });
  return Array.from({ length: k }, (_, r) => data.rows.map((rows, i) => (round.get(data.pattern[i]) === r ? rows : 0)));
}

/** k rounds of equally many rows (give or take one), dealt out like cards, whatever their pattern: the split that flatters. */
export function rowRounds(data: Counted, k: number, random: Random): TestRows[] {
  const rounds = Array.from({ length: k }, () => new Float64Array(data.rows.length));
  let next = 0;
  for (const i of shuffle(Array.from(data.rows.keys()), random)) {
    const each = Math.floor(data.rows[i] / k);
    const left = data.rows[i] - each * k;
    for (const round of rounds) round[i] = each;
    for (let dealt = 0; dealt < left; dealt += 1) rounds[(next + dealt) % k][i] += 1;
    next = (next + left) % k;
  }
  return rounds;
}
