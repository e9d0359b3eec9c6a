import { CATEGORY_NAMES, UNCLASSIFIED, UNCLASSIFIED_CODE } from '../../contract/category.ts';
import type { Rule, RuleChanges } from '../../contract/rule.ts';
import type { Lesson, OwnCategory } from '../../contract/teach.ts';
import type { AskMe } from '../../contract/teach-api.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import { NO_GUESS } from '../../contract/view.ts';
import type { Said } from '../../engine/decide/taught.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../contract/pattern.ts';
import { effectiveRules } from '../../engine/rules/rule-set.ts';
import type { Alerts } from '../alerts.svelte.ts';
import type { Board } from '../board.svelte.ts';
import { changesBetween } from './changes.ts';
import type { Changes } from './changes.ts';
import { NO_HISTORY, redone, stepped, undone } from './history.ts';
import type { History } from './history.ts';
import type { KeysKept } from './keys-kept.ts';
import type { Learning } from './learning.ts';
import { BLANK, withoutCategory } from './snapshot.ts';
import { Standing } from './standing.svelte.ts';
import type { Moment } from './standing.svelte.ts';
import type { Snapshot } from './snapshot.ts';

/** How reading again ended. `replaced`: something else has begun that goes on from what is taught. */
export type Reread = 'done' | 'given-up' | 'replaced';

export interface TeachingParts {
  readonly board: Board;
  readonly keys: KeysKept;
  readonly learning: Learning;
  readonly log: Alerts;
  /** Shows that something is being worked out. */
  readonly aside: (work: () => Promise<void>) => Promise<void>;
  /** Reads the open files again with the rules of now; see Standing. */
  readonly reread: () => Promise<Reread>;
  /** Called once the models have learnt, before verdicts are worked out anew. */
  readonly learnt: () => Promise<unknown>;
}

const RULE = DECIDERS.indexOf('rule');

/** What a person teaches: corrections, categories, rules; with undo. Every verb shows at once what it rules, then what the models make of it. */
export class Teaching {
  readonly standing: Standing;
  /** What the last step changed beside what it was about; null before the first and while it is not known. */
  changes = $state.raw<Changes | null>(null);
  /** What the last step was, for the toast; '' once it is dismissed. */
  last = $state('');
  readonly #parts: TeachingParts;
  /** Late refits are dropped. */
  #turn = 0;

  constructor(parts: TeachingParts) {
    this.#parts = parts;
    this.standing = new Standing(parts);
  }

  get snapshot(): Snapshot { return this.standing.now; }
  get said(): Snapshot['said'] { return this.standing.shown.said; }
  get own(): readonly OwnCategory[] { return this.standing.now.categories; }
  get ruleChanges(): RuleChanges { return this.standing.now.rules; }
  /** What the next undo takes back; '' if there is nothing. */
  get undoes(): string { return this.standing.history.undo.at(-1)?.what ?? ''; }
  get redoes(): string { return this.standing.history.redo.at(-1)?.what ?? ''; }
  /** How much was taught: patterns, here and elsewhere. */
  get lessonCount(): number { return this.standing.now.said.size + this.standing.now.elsewhere.length; }
  /** In the order in which they are tried. */
  get rules(): readonly Rule[] {
    return effectiveRules(this.standing.now.rules);
  }

  /** These patterns are of this category. */
  async label(patterns: readonly number[], label: string): Promise<void> {
    await this.#say(`${counted(patterns)} → ${label}`, patterns.map((pattern) => [pattern, { label, how: 'corrected', teaches: true }]));
  }

  /** The verdicts of these patterns are right; of those that are Unclassified, the best guess is. */
  async confirm(patterns: readonly number[]): Promise<void> {
    const verdicts = this.#parts.board.verdicts;
    if (verdicts === null) return;
    await this.#say(`${counted(patterns)} confirmed`, patterns.map((pattern) => {
      const unsure = verdicts.label[pattern] === UNCLASSIFIED_CODE && verdicts.guess[pattern] !== NO_GUESS;
      return [pattern, { label: verdicts.labels[unsure ? verdicts.guess[pattern] : verdicts.label[pattern]], how: 'confirmed', teaches: true }];
    }));
  }

  /** Takes back what was said of these patterns. */
  async unsay(patterns: readonly number[]): Promise<void> {
    await this.#say(`${counted(patterns)} as before`, patterns.map((pattern) => [pattern, null]));
  }

  /** The models are not to learn from the last step: it rules its patterns and changes no others. */
  async keepOnlyMine(): Promise<void> {
    const before = this.standing.history.undo.at(-1)?.snapshot.said;
    if (before === undefined) return;
    const mine = (from: Snapshot): Snapshot => ({ ...from, said: new Map([...from.said].map(([pattern, one]) => [pattern, same(before.get(pattern), one) ? one : { ...one, teaches: false }])) });
    if (this.standing.back !== null) this.standing.back = { ...this.standing.back, now: mine(this.standing.back.now) };
    await this.#go(mine(this.standing.now), this.standing.history, []);
    this.changes = null;
  }

  /** False where the name is taken or empty. */
  addCategory(category: OwnCategory): Promise<boolean> {
    return this.addCategories([category]);
  }

  /** In one step. False where a name is taken or empty; then none is added. */
  async addCategories(categories: readonly OwnCategory[]): Promise<boolean> {
    const names = [...CATEGORY_NAMES, UNCLASSIFIED, ...[...this.own, ...categories].map(({ name }) => name)].map((name) => name.trim().toLowerCase());
    if (categories.length === 0 || names.includes('') || new Set(names).size < names.length) return false;
    const what = categories.length === 1 ? `new category ${categories[0].name}` : `${categories.length} new categories`;
    await this.#step(what, (from) => ({ ...from, categories: [...from.categories, ...categories] }), []);
    return true;
  }

  /** Other meaning, colour or problem mark; the name stays. */
  async changeCategory(category: OwnCategory): Promise<void> {
    await this.#step(`category ${category.name} changed`, (from) => ({ ...from, categories: from.categories.map((one) => (one.name === category.name ? category : one)) }), []);
  }

  /** Removes a category with everything that was said to be of it. */
  async removeCategory(name: string): Promise<void> {
    const gone = [...this.said].filter(([, one]) => one.label === name).map(([pattern]) => pattern);
    await this.#step(`category ${name} removed`, (from) => withoutCategory(from, name), gone);
  }

  /** Other rules; the files are read again. False if the person gave that up. */
  changeRules(what: string, rules: RuleChanges): Promise<boolean> {
    return this.#step(what, (from) => ({ ...from, rules }), []);
  }

  undo(): Promise<void> {
    return this.#travel(undone);
  }

  redo(): Promise<void> {
    return this.#travel(redone);
  }

  dismiss(): void {
    this.last = '';
    this.changes = null;
  }

  /** All that was taught, whichever file it came from, gone. */
  async forget(): Promise<void> {
    await this.#step('everything taught forgotten', () => BLANK, []);
  }

  /** Takes over what was taught elsewhere, in one step that can be undone. */
  async adopt(what: string, { lessons, categories, rules }: { lessons: readonly Lesson[]; categories: readonly OwnCategory[]; rules: RuleChanges }): Promise<boolean> {
    const { board, keys } = this.#parts;
    const lifted: Snapshot = { said: new Map(), elsewhere: lessons, categories, rules, division: this.standing.now.division };
    let table: Board['table'];
    let found: { readonly now: Snapshot; readonly clash: boolean };
    do {
      if (this.standing.swapped !== null) await this.standing.swapped;
      ({ table } = board);
      found = table === null ? { now: lifted, clash: false } : await keys.settle(lifted, NO_HISTORY);
    } while (table !== board.table);
    // What reading again divides must not be put together by numbers of now.
    const { said, elsewhere } = found.clash || rules !== this.ruleChanges ? lifted : found.now;
    const division = found.clash ? Symbol(what) : null;
    return this.#step(what, (from) => ({ said, elsewhere, categories, rules, division: division ?? from.division }), []);
  }

  /** Patterns worth asking about. @param skipped not to be asked again */
  async ask(count: number, skipped: ReadonlySet<number>): Promise<readonly AskMe[]> {
    const { board, learning } = this.#parts;
    const { table, verdicts } = board;
    if (table === null || verdicts === null) return [];
    await learning.feed(board);
    const without = Uint8Array.from(table.flags, (flags, pattern) => (flags & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW) || skipped.has(pattern) || this.said.has(pattern) ? 1 : 0));
    const asked = await learning.lane.call((api) => api.ask({ rows: table.rows, decider: verdicts.decider, confidence: verdicts.confidence, without }, count));
    // Of what rules decide the models may know nothing: what stands there now is the first answer.
    return asked.map((one) => (verdicts.decider[one.pattern] === RULE ? { ...one, answers: ruledAnswers(one.answers, verdicts.labels[verdicts.label[one.pattern]]) } : one));
  }

  /** As of Standing. */
  release(): Promise<readonly Lesson[]> {
    this.dismiss();
    return this.standing.release();
  }

  /** Reads again what `settle` found to be outdated. @param rules those of the table on screen */
  async catchUp(rules: RuleChanges): Promise<void> {
    await this.#readAgain({ now: { ...this.standing.now, rules }, history: this.standing.history });
  }

  /** Works out what the models make of all that was taught. */
  async learn(): Promise<void> {
    const { board, learning, log, learnt } = this.#parts;
    const turn = ++this.#turn;
    const { votes } = board;
    try {
      const refit = await learning.refit(board, this.standing.shown);
      if (turn !== this.#turn || votes !== board.votes) return;
      votes.learn(refit);
      await learnt().catch((error: unknown) => log.add(error));
      board.refresh();
    } catch (error) {
      if (turn === this.#turn) log.add(error);
    }
  }

  /** @param sayings by pattern; null: nothing is said of it any more */
  async #say(what: string, sayings: readonly (readonly [pattern: number, said: Said | null])[]): Promise<void> {
    const { table } = this.#parts.board;
    // The overflow stands for lines of any kind: nothing can be said of it as a whole.
    const able = sayings.filter(([pattern]) => table !== null && pattern >= 0 && pattern < table.count && !(table.flags[pattern] & PATTERN_OVERFLOW));
    if (able.length === 0) return;
    await this.#step(what, (from) => {
      const said = new Map(from.said);
      for (const [pattern, one] of able) if (one === null) said.delete(pattern); else said.set(pattern, one);
      return { ...from, said };
    }, able.map(([pattern]) => pattern));
  }

  async #step(what: string, change: (from: Snapshot) => Snapshot, about: readonly number[]): Promise<boolean> {
    let next = change(this.standing.now);
    if (this.standing.swapped !== null && needsReading(this.standing.now, next)) {
      await this.standing.swapped;
      next = change(this.standing.now);
    }
    if (this.standing.back !== null && !needsReading(this.standing.now, next)) {
      const { now, history } = this.standing.back;
      this.standing.back = { now: { ...change(now), rules: now.rules, division: now.division }, history: stepped(history, what, now) };
    }
    this.last = what;
    const done = await this.#go(next, stepped(this.standing.history, what, this.standing.now), about);
    if (!done) this.last = '';
    return done;
  }

  async #travel(by: typeof undone): Promise<void> {
    let to = by(this.standing.history, this.standing.now);
    if (to !== null && this.standing.swapped !== null && needsReading(this.standing.now, to.to)) {
      await this.standing.swapped;
      to = by(this.standing.history, this.standing.now);
    }
    if (to === null) return;
    const back = this.standing.back === null || needsReading(this.standing.now, to.to) ? null : by(this.standing.back.history, this.standing.back.now);
    if (back !== null) this.standing.back = { now: back.to, history: back.history };
    await this.#go(to.to, to.history, []);
    this.dismiss();
  }

  /** @param back what to go back to if the person gives it up, unless an earlier change has not been read yet */
  async #readAgain(back: Moment): Promise<boolean> {
    this.standing.back ??= back;
    const ended = await this.#parts.reread();
    if (ended === 'given-up' && this.standing.back !== null) {
      ({ now: this.standing.now, history: this.standing.history } = this.standing.back);
      this.standing.back = null;
    }
    return ended !== 'given-up';
  }

  /** Makes `next` the state of things. False where the person gave it up. */
  async #go(next: Snapshot, history: History, about: readonly number[]): Promise<boolean> {
    const { board, keys, log, aside } = this.#parts;
    const before = { now: this.standing.now, history: this.standing.history };
    const { verdicts, table } = board;
    this.changes = null;
    this.standing.now = next;
    this.standing.history = history;
    if (needsReading(before.now, next)) return table === null || this.#readAgain(before);
    this.standing.teach();
    keys.ask(this.said.keys()).catch((error: unknown) => log.add(error));
    if (next.said === before.now.said && next.elsewhere === before.now.elsewhere) return true;
    const turn = this.#turn + 1;
    await aside(() => this.learn());
    if (table !== null && table === board.table && verdicts !== null && board.verdicts !== null && turn === this.#turn) {
      this.changes = changesBetween(table, verdicts, board.verdicts, new Set([...about, ...this.said.keys(), ...before.now.said.keys()]));
    }
    return true;
  }
}

function needsReading(before: Snapshot, next: Snapshot): boolean {
  return next.rules !== before.rules || next.division !== before.division;
}

function same(one: Said | undefined, other: Said): boolean {
  return one !== undefined && one.label === other.label && one.how === other.how && one.teaches === other.teaches;
}

function counted(patterns: readonly number[]): string {
  return patterns.length === 1 ? 'pattern' : `${patterns.length.toLocaleString('en')} patterns`;
}

function ruledAnswers(answers: readonly [string, string], ruled: string): readonly [string, string] {
  return [ruled, answers.find((answer) => answer !== ruled) ?? UNCLASSIFIED];
}
