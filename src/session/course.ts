import type { Lesson } from '../contract/teach.ts';
import type { Alerts } from './alerts.svelte.ts';
import type { Board } from './board.svelte.ts';
import type { Clustering } from './clustering.svelte.ts';
import type { ReadInput } from './read-run.ts';
import type { RowAccess } from './row-access.ts';
import type { Run } from './run.svelte.ts';
import type { Learning } from './teaching/learning.ts';
import type { Reread, Teaching } from './teaching/teaching.svelte.ts';

export interface CourseParts {
  readonly run: Run;
  readonly board: Board;
  readonly rows: RowAccess;
  readonly teaching: Teaching;
  readonly learning: Learning;
  readonly log: Alerts;
  /** What is open. */
  readonly files: () => Pick<ReadInput, 'files' | 'dialects' | 'handles' | 'baseline'>;
  readonly clustering: () => Clustering;
  /** Tells the reader the verdicts. */
  readonly share: () => Promise<void>;
}

/** The way from files to final verdicts: reading, what was taught, votes, what the models learn. */
export class Course {
  private readonly parts: CourseParts;

  constructor(parts: CourseParts) {
    this.parts = parts;
  }

  /** @param released what was taught before, out of the tables that were dropped */
  async go(run: number, released: Promise<readonly Lesson[]>): Promise<void> {
    const { run: course, board, teaching, files } = this.parts;
    const lessons = await released;
    if (!course.is(run)) return;
    const { rules, ruleChanges } = teaching;
    const result = await course.read(run, { ...files(), rules, lessons });
    if (result === null) return;
    const fits = await teaching.standing.settle({ lessons, taught: result.taught, rules: ruleChanges }, () => {
      if (!course.is(run)) return false;
      board.show(result, rules);
      course.note(result);
      return true;
    });
    if (!course.is(run)) return;
    // What was kept between visits, or a bundle, may have come while the files were read.
    await (fits ? this.decide(run) : teaching.catchUp(ruleChanges));
  }

  /** Votes, then what follows from what was taught. */
  async decide(run: number): Promise<void> {
    const { run: course, board, teaching, learning, log, share } = this.parts;
    const decided = course.whole && (await course.vote(run));
    if (!course.is(run)) return;
    await teaching.learn();
    await learning.feed(board).catch(() => undefined);
    if (!course.is(run)) return;
    course.end(decided);
    await share().catch((error: unknown) => log.add(error));
  }

  /** The open file has grown: takes in what was added. What is taught goes along, and only what is new is voted on. */
  async grow(): Promise<void> {
    const { run: course, board, teaching, rows, clustering } = this.parts;
    const { rules, standing } = teaching;
    const run = course.again();
    let next: 'stay' | 'anew' | 'decide' = 'stay';
    try {
      const lessons = await standing.lift();
      if (!course.is(run)) return;
      await standing.hold();
      if (!course.is(run)) return;
      const result = await rows.call((api) => api.grow(lessons));
      if (result === null) next = 'anew';
      else await standing.carry({ lessons, taught: result.taught }, () => {
        if (!course.is(run)) return false;
        rows.grew(result.entries, lessons);
        clustering().forget();
        board.show(result, rules, { carry: true });
        course.note(result);
        next = 'decide';
        return true;
      });
    } finally {
      standing.letGo();
      // What went wrong leaves things as they were.
      if (next === 'stay' && course.is(run)) course.end(true);
    }
    if (!course.is(run)) return;
    await (next === 'anew' ? this.again() : this.decide(run));
  }

  /** Reads the same rows with the rules of now; what was read before stays in use meanwhile. */
  async again(): Promise<Reread> {
    const { run: course, board, rows, teaching, log, files, clustering } = this.parts;
    const { rules, standing } = teaching;
    // Of files that were read in part, the same part.
    const part = course.whole ? {} : { maxRows: course.entries };
    const run = course.again();
    let ended: Reread = 'given-up';
    try {
      await rows.ready();
      const lessons = await standing.lift();
      const result = await course.read(run, { ...files(), rules, lessons, ...part, keep: true }, () => standing.hold());
      if (course.is(run)) course.uncancel();
      if (result !== null) {
        await standing.carry({ lessons, taught: result.taught }, () => {
          if (!course.is(run)) return false;
          clustering().forget();
          board.show(result, rules, { carry: true });
          course.note(result);
          return true;
        });
        ended = 'done';
      }
    } catch (error) {
      if (course.is(run)) log.add(error);
    } finally {
      standing.letGo();
    }
    if (!course.is(run)) return 'replaced';
    void this.decide(run);
    return ended;
  }
}
