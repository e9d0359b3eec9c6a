import { CATEGORY_NAMES } from '../../contract/category.ts';
import type { LearnFrom, Refit, VotedBatch } from '../../contract/teach.ts';
import type { AskAbout, AskMe } from '../../contract/teach-api.ts';
import { lexicalFeatures } from '../classify/lexical/features.ts';
import { textName } from '../classify/text-name.ts';
import { nextQuestions } from './ask.ts';
import { CovarianceRows } from './covariance-rows.ts';
import { fitLessons } from './fit-lessons.ts';
import type { Point } from './kernel.ts';
import { covariance, normalised } from './kernel.ts';
import { inOrder } from './lessons.ts';
import { PatternsPut } from './patterns-put.ts';
import { spreadLessons } from './spread-lessons.ts';

/** Surer than this no model is that a lesson says otherwise; what voters call impossible must stay learnable. */
const LEAST = 1e-4;
/** A category that the models do not know is this likely before lessons say more … */
const UNKNOWN = 1e-3;
/** … and this much quicker to learn, since nothing but lessons speaks for it. */
const UNKNOWN_SCALE = 2;
/** Past this many lessons those of texts that are open count first: time grows with the square of their number. */
export const LESSONS_MAX = 500;

/** A lesson with all that its text is known by. */
interface Taught {
  readonly key: string;
  readonly label: string;
  readonly point: Point;
  /** Its place among the patterns put, or -1. */
  readonly place: number;
}

/**
 * What the models say of the open files' patterns once they have learnt from a person's lessons. The votes are the prior
 * mean of a Gaussian process classifier, the lessons its data: near a lesson its label gains, far from all lessons nothing
 * moves. The answer is a pure function of the patterns with their votes and of the set of lessons: history, undo and redo
 * leave no trace, to the bit.
 */
export class Learner {
  private classes: readonly string[] = CATEGORY_NAMES;
  private all = new PatternsPut();
  private rows = new CovarianceRows();
  private last: Refit | null = null;
  private lessons: readonly LearnFrom[] = [];

  /** Forgets all patterns. */
  reset(): void {
    this.all = new PatternsPut();
    this.rows = new CovarianceRows();
    this.last = null;
    this.lessons = [];
  }

  /** Patterns with their votes; a later put of a pattern replaces the earlier one. @param classes names of the C classes, the same in every call since `reset` */
  put(batch: VotedBatch, classes: readonly string[] = CATEGORY_NAMES): void {
    this.classes = classes;
    this.all.put(batch, classes.length);
    this.last = null;
  }

  /**
   * Probabilities of all patterns after learning; with no lessons those of the vote, bit for bit. Labels that the vote does not know
   * (own categories) come after its classes, in the order of their names. The answer is
   * kept for `ask`: copy it, do not transfer its buffers.
   */
  refit(lessons: readonly LearnFrom[]): Refit {
    this.lessons = lessons;
    const taught = this.withPoints(inOrder(lessons));
    const own = [...new Set(taught.map(({ label }) => label))].filter((label) => !this.classes.includes(label)).sort();
    const classes = [...this.classes, ...own];
    const rows = taught.map(({ key, point }) => this.rows.of(key, point, this.all));
    const weights = this.weigh(taught, rows, classes);
    this.last = {
      classes,
      patterns: Uint32Array.from(this.all.patterns),
      probabilities: spreadLessons(this.all.base, rows, weights, classes.length, (base) => this.logits(base, classes.length)),
    };
    return this.last;
  }

  /** The patterns whose answer is worth most, the best first, once the lessons of the last refit are learnt. */
  ask(about: AskAbout, count: number): AskMe[] {
    const refit = this.last ?? this.refit(this.lessons);
    const { all } = this;
    return nextQuestions(about, count, {
      classes: refit.classes,
      probabilities: (pattern) => {
        const place = all.place(pattern), size = refit.classes.length;
        return place < 0 ? null : refit.probabilities.subarray(place * size, (place + 1) * size);
      },
      covariances: (pattern, others) => this.rows.among(all, all.place(pattern), others.map((other) => all.place(other))),
    });
  }

  private withPoints(lessons: readonly LearnFrom[]): Taught[] {
    const taught = lessons.map(({ text, level, label, vector }): Taught => {
      const key = textName({ text, level });
      const place = this.all.find(key);
      const point = place >= 0 ? this.all.points[place] : { vector, level, words: normalised(lexicalFeatures({ text, level })) };
      return { key, label, place, point: point.vector === null && vector !== null ? { ...point, vector } : point };
    });
    if (taught.length <= LESSONS_MAX) return taught;
    return [...taught.filter(({ place }) => place >= 0), ...taught.filter(({ place }) => place < 0)].slice(0, LESSONS_MAX);
  }

  private weigh(taught: readonly Taught[], rows: readonly Float32Array[], classes: readonly string[]): Float64Array {
    const size = taught.length, width = classes.length;
    const between = new Float64Array(size * size);
    const prior = new Float64Array(size * width);
    taught.forEach(({ point, place }, a) => {
      for (let b = 0; b <= a; b++) {
        const { point: other, place: otherPlace } = taught[b];
        // Small ones stand as 0 in a row, and a lesson may know a vector that its pattern lacks.
        const known = otherPlace >= 0 && this.all.points[otherPlace] === other ? rows[a][otherPlace] : 0;
        between[a * size + b] = between[b * size + a] = known === 0 ? covariance(point, other) : known;
      }
      // Of a text that no open file has nobody knows what the models would say.
      const base = place >= 0 ? this.all.base[place] : new Float32Array(this.classes.length).fill(1 / this.classes.length);
      prior.set(this.logits(base, width), a * width);
    });
    const scale = Float64Array.from(classes, (_, at) => (at < this.classes.length ? 1 : UNKNOWN_SCALE));
    const labels = Int32Array.from(taught, ({ label }) => classes.indexOf(label));
    const weights = fitLessons({ covariance: between, prior, labels, scale });
    return weights.map((weight, at) => weight * scale[at % width]);
  }

  private logits(base: Float32Array, width: number): Float64Array {
    const logits = new Float64Array(width).fill(Math.log(UNKNOWN));
    for (let c = 0; c < base.length; c++) logits[c] = Math.log(Math.max(LEAST, base[c]));
    return logits;
  }
}
