import type { Lane } from '../../bridge/lane.ts';
import { UNCLASSIFIED } from '../../contract/category.ts';
import type { LearnFrom, Refit } from '../../contract/teach.ts';
import type { TeachApi } from '../../contract/teach-api.ts';
import type { PatternText } from '../../contract/verdict.ts';
import { compareKeys } from '../../engine/bundle/bundle.ts';
import { textName } from '../../engine/classify/text-name.ts';
import { UNREAD } from '../../engine/decide/votes.ts';
import type { Votes } from '../../engine/decide/votes.ts';
import { LESSONS_MAX } from '../../engine/teach/learner.ts';
import type { Snapshot } from './snapshot.ts';

/** Patterns handed to the worker at a time: a few megabytes of vectors. */
const PUT_BATCH = 2048;

/** What is open, as far as learning goes. */
export interface LearnBoard {
  readonly votes: Votes;
  readonly texts: readonly PatternText[];
}

/** What is learnt from one pattern; `pattern` is its number among the open files, -1 for one of others. */
export interface LessonHere extends LearnFrom {
  readonly pattern: number;
}

/** Keeps the learning worker in step with the votes on the page, and asks it. */
export class Learning {
  readonly lane: Lane<TeachApi>;
  private readonly embed: (texts: readonly PatternText[]) => Promise<readonly Float32Array[] | null>;
  /** The votes that the worker has (it is the lane's so many-th), and how closely each pattern had been read when it was sent. */
  private known: Votes | null = null;
  private worker = 0;
  /** The worker has learnt from lessons. */
  private learnt = false;
  private sent = new Uint8Array(0);
  /** Of texts that no pattern here has been read closely for, by the encoder named. */
  private vectors = new Map<string, Float32Array>();
  private readBy = '';
  private readonly encoder: () => string;

  /** @param encoder id of the encoder in use: vectors of different ones must not be mixed */
  constructor(lane: Lane<TeachApi>, embed: (texts: readonly PatternText[]) => Promise<readonly Float32Array[] | null>, encoder = (): string => '') {
    this.lane = lane;
    this.embed = embed;
    this.encoder = encoder;
  }

  /** Tells the worker what it does not know yet. */
  async feed({ votes, texts }: LearnBoard): Promise<void> {
    if (this.known !== votes || !this.lane.alive || this.worker !== this.lane.started) {
      this.known = votes;
      this.sent = new Uint8Array(votes.read.length);
      const fresh = this.lane.call((api) => api.reset());
      this.worker = this.lane.started;
      await fresh;
    }
    const { sent } = this;
    const news: number[] = [];
    for (let pattern = 0; pattern < votes.read.length; pattern++) {
      if (votes.read[pattern] === UNREAD || votes.read[pattern] === sent[pattern]) continue;
      sent[pattern] = votes.read[pattern];
      news.push(pattern);
    }
    for (const withVector of [true, false]) {
      const some = news.filter((pattern) => (votes.vectors[pattern] !== null) === withVector);
      for (let from = 0; from < some.length; from += PUT_BATCH) await this.put(votes, texts, some.slice(from, from + PUT_BATCH));
    }
  }

  /** Other files. Starts the worker, so that it is there with the server gone. */
  prepare(): void {
    this.lane.call((api) => api.reset()).catch(() => undefined);
    this.known = null;
  }

  /** Null where there is nothing to learn from. @throws Failure 'worker-died' */
  async refit(board: LearnBoard, snapshot: Snapshot): Promise<Refit | null> {
    const lessons = await this.lessons(board, snapshot);
    if (lessons.length === 0 && !this.learnt) return null;
    this.learnt = lessons.length > 0;
    await this.feed(board);
    // What was taken back must leave the worker too: it is asked what to ask.
    const refit = await this.lane.call((api) => api.refit(lessons));
    return lessons.length === 0 ? null : refit;
  }

  private put(votes: Votes, texts: readonly PatternText[], patterns: readonly number[]): Promise<void> {
    const classes = votes.classes.length;
    const dims = votes.vectors[patterns[0]]?.length ?? 0;
    const vectors = new Float32Array(patterns.length * dims);
    const probabilities = new Float32Array(patterns.length * classes);
    patterns.forEach((pattern, at) => {
      const vector = votes.vectors[pattern];
      if (vector !== null) vectors.set(vector, at * dims);
      probabilities.set(votes.probabilities.subarray(pattern * classes, (pattern + 1) * classes), at * classes);
    });
    return this.lane.call((api) => api.put({ patterns: Uint32Array.from(patterns), texts: patterns.map((pattern) => texts[pattern]), vectors, probabilities }, votes.classes));
  }

  /** What there is to learn from: of the open files in the order in which it was said, then of others. @throws Failure 'worker-died' */
  async lessons({ votes, texts }: LearnBoard, { said, elsewhere }: Snapshot): Promise<LessonHere[]> {
    const all: { readonly one: PatternText; readonly pattern: number; readonly label: string; readonly vector: Float32Array | null }[] = [];
    for (const [pattern, { label, teaches }] of said) if (teaches && label !== UNCLASSIFIED) all.push({ one: texts[pattern], pattern, label, vector: votes.vectors[pattern] });
    // No more than can be learnt from: each is read by the encoder first.
    const others = elsewhere.filter(({ label, teaches }) => teaches && label !== UNCLASSIFIED).sort((a, b) => compareKeys(a.keys[0], b.keys[0])).slice(0, Math.max(0, LESSONS_MAX - all.length));
    for (const { keys, label } of others) all.push({ one: { text: keys[0].text, level: keys[0].level }, pattern: -1, label, vector: null });
    if (this.readBy !== this.encoder()) this.vectors = new Map();
    this.readBy = this.encoder();
    const missing = all.filter(({ one, vector }) => vector === null && !this.vectors.has(textName(one))).map(({ one }) => one);
    if (missing.length > 0) {
      const vectors = await this.embed(missing);
      vectors?.forEach((vector, at) => this.vectors.set(textName(missing[at]), vector));
    }
    return all.map(({ one, pattern, label, vector }) => ({ text: one.text, level: one.level, pattern, label, vector: vector ?? this.vectors.get(textName(one)) ?? null }));
  }
}
