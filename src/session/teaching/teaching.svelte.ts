import { CATEGORY_NAMES, UNCLASSIFIED, UNCLASSIFIED_CODE } from '../../contract/category.ts';
import type { Rule } from '../../contract/rule.ts';
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
import { BLANK } from './snapshot.ts';
import type { RuleChanges, Snapshot } from './snapshot.ts';

export interface TeachingParts {
  readonly board: Board;
  readonly keys: KeysKept;
  readonly learning: Learning;
  readonly log: Alerts;
  /** Shows that something is being worked out. */
  readonly aside: (work: () => Promise<void>) => Promise<void>;
  /** Reads the open files again with the rules of now. False if the person gave it up; then all is as before. */
  readonly reread: () => Promise<boolean>;
  /** Called once the models have learnt, before verdicts are worked out anew. */
  readonly learnt: () => Promise<unknown>;
}

const MODEL = DECIDERS.indexOf('model');
const NONE = DECIDERS.indexOf('none');

/** What a person teaches: corrections, categories, rules; with undo. Every verb shows at once what it rules, then what the models make of it. */
export class Teaching {
  #now = $state.raw<Snapshot>(BLANK);
  #history = $state.raw<History>(NO_HISTORY);
  /** What the last step changed beside what it was about; null before the first and while it is not known. */
  changes = $state.raw<Changes | null>(null);
  /** What the last step was, for the toast; '' once it is dismissed. */
  last = $state('');
  readonly #parts: TeachingParts;
  /** Late refits are dropped. */
  #turn = 0;

  constructor(parts: TeachingParts) {
    this.#parts = parts;
  }

  get snapshot(): Snapshot { return this.#now; }
  get said(): Snapshot['said'] { return this.#now.said; }
  get own(): readonly OwnCategory[] { return this.#now.categories; }
  get ruleChanges(): RuleChanges { return this.#now.rules; }
  /** What the next undo takes back; '' if there is nothing. */
  get undoes(): string { return this.#history.undo.at(-1)?.what ?? ''; }
  get redoes(): string { return this.#history.redo.at(-1)?.what ?? ''; }
  /** How much was taught: patterns, here and elsewhere. */
  get lessonCount(): number { return this.#now.said.size + this.#now.elsewhere.length; }
  /** In the order in which they are tried. */
  get rules(): readonly Rule[] {
    return effectiveRules(this.#now.rules);
  }

  /** These patterns are of this category. */
  async label(patterns: readonly number[], label: string): Promise<void> {
    await this.#say(patterns, `${counted(patterns)} → ${label}`, () => ({ label, how: 'corrected', teaches: true }));
  }

  /** The verdicts of these patterns are right; of those that are Unclassified, the best guess is. */
  async confirm(patterns: readonly number[]): Promise<void> {
    const verdicts = this.#parts.board.verdicts;
    if (verdicts === null) return;
    await this.#say(patterns, `${counted(patterns)} confirmed`, (pattern) => {
      const unsure = verdicts.label[pattern] === UNCLASSIFIED_CODE && verdicts.guess[pattern] !== NO_GUESS;
      return { label: verdicts.labels[unsure ? verdicts.guess[pattern] : verdicts.label[pattern]], how: 'confirmed', teaches: true };
    });
  }

  /** Takes back what was said of these patterns. */
  async unsay(patterns: readonly number[]): Promise<void> {
    const said = new Map(this.#now.said);
    for (const pattern of patterns) said.delete(pattern);
    await this.#step(`${counted(patterns)} as before`, { ...this.#now, said }, patterns);
  }

  /** The models are not to learn from the last step: it rules its patterns and changes no others. */
  async keepOnlyMine(): Promise<void> {
    const before = this.#history.undo.at(-1)?.snapshot;
    if (before === undefined) return;
    const said = new Map([...this.#now.said].map(([pattern, one]) => [pattern, before.said.get(pattern) === one ? one : { ...one, teaches: false }] as const));
    await this.#go({ ...this.#now, said }, []);
    this.changes = null;
  }

  /** False where the name is taken or empty. */
  async addCategory(category: OwnCategory): Promise<boolean> {
    const names: readonly string[] = [...CATEGORY_NAMES, UNCLASSIFIED, ...this.own.map(({ name }) => name)];
    if (category.name.trim() === '' || names.some((name) => name.toLowerCase() === category.name.toLowerCase())) return false;
    await this.#step(`category ${category.name}`, { ...this.#now, categories: [...this.own, category] }, []);
    return true;
  }

  /** Other meaning, colour or problem mark; the name stays. */
  async changeCategory(category: OwnCategory): Promise<void> {
    await this.#step(`category ${category.name}`, { ...this.#now, categories: this.own.map((one) => (one.name === category.name ? category : one)) }, []);
  }

  /** Removes a category with everything that was said to be of it. */
  async removeCategory(name: string): Promise<void> {
    const { said, elsewhere, categories, rules } = this.#now;
    const others = (list: readonly Rule[]): readonly Rule[] => (list.some(({ label }) => label === name) ? list.filter(({ label }) => label !== name) : list);
    const next = { own: others(rules.own), off: rules.off, splits: others(rules.splits) };
    const gone = [...said].filter(([, one]) => one.label === name).map(([pattern]) => pattern);
    await this.#step(`category ${name} removed`, {
      said: new Map([...said].filter(([, one]) => one.label !== name)), elsewhere: elsewhere.filter(({ label }) => label !== name),
      categories: categories.filter((one) => one.name !== name), division: this.#now.division, rules: next.own === rules.own && next.splits === rules.splits ? rules : next,
    }, gone);
  }

  /** Other rules; the files are read again. False if the person gave that up. */
  changeRules(what: string, rules: RuleChanges): Promise<boolean> {
    return this.#step(what, { ...this.#now, rules }, []);
  }

  async undo(): Promise<void> {
    const back = undone(this.#history, this.#now);
    if (back === null) return;
    const history = this.#history;
    this.#history = back.history;
    if (!(await this.#go(back.to, []))) this.#history = history;
    this.dismiss();
  }

  async redo(): Promise<void> {
    const forth = redone(this.#history, this.#now);
    if (forth === null) return;
    const history = this.#history;
    this.#history = forth.history;
    if (!(await this.#go(forth.to, []))) this.#history = history;
    this.dismiss();
  }

  dismiss(): void {
    this.last = '';
    this.changes = null;
  }

  /** All that was taught, whichever file it came from, gone. */
  async forget(): Promise<void> {
    await this.#step('everything taught forgotten', BLANK, []);
  }

  /** Takes over what was taught elsewhere, in one step that can be undone. */
  async adopt(what: string, { lessons, categories, rules }: { lessons: readonly Lesson[]; categories: readonly OwnCategory[]; rules: RuleChanges }): Promise<boolean> {
    const next: Snapshot = { said: new Map(), elsewhere: lessons, categories, rules, division: this.#now.division };
    const { board, keys } = this.#parts;
    const clash = board.table !== null && (await keys.settle(next, NO_HISTORY)).clash;
    return this.#step(what, clash ? { ...next, division: Symbol(what) } : next, [], true);
  }

  /** Patterns worth asking about. @param skipped not to be asked again */
  async ask(count: number, skipped: ReadonlySet<number>): Promise<readonly AskMe[]> {
    const { board, learning } = this.#parts;
    const { table, verdicts } = board;
    if (table === null || verdicts === null) return [];
    await learning.feed(board);
    const without = Uint8Array.from(table.flags, (flags, pattern) => (flags & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW) || skipped.has(pattern) || this.said.has(pattern) ? 1 : 0));
    return learning.lane.call((api) => api.ask({ rows: table.rows, decider: verdicts.decider, confidence: verdicts.confidence, without }, count));
  }

  /** What holds for the files that are about to be read, in a form that outlives the old table. */
  async release(): Promise<readonly Lesson[]> {
    const { keys, log } = this.#parts;
    try {
      const { now } = await keys.lift(this.#now, NO_HISTORY);
      this.#now = now;
    } catch (error) {
      log.add(error);
      this.#now = { ...this.#now, said: new Map() };
    }
    this.#now = { ...this.#now, division: this.#now.elsewhere.length > 0 ? Symbol('read with lessons') : BLANK.division };
    this.#history = NO_HISTORY;
    this.dismiss();
    keys.forget();
    return this.#now.elsewhere;
  }

  /** A table has come that was read with the lessons of `release`. @param taught ReadResult.taught */
  async settle(taught?: Int32Array): Promise<void> {
    const { board, keys } = this.#parts;
    const placed = await keys.settle(this.#now, this.#history, taught);
    this.#now = placed.now;
    this.#history = placed.history;
    board.teach({ said: this.#now.said, categories: this.#now.categories });
  }

  /** The same as `release`, but the steps can still be undone. */
  async lift(): Promise<readonly Lesson[]> {
    const { keys } = this.#parts;
    const { now } = await keys.lift(this.#now, this.#history);
    return now.elsewhere;
  }

  /** Puts snapshots from the old table into the new one, which was read with the lessons of `lift`. @param taught ReadResult.taught */
  async carry(taught: Int32Array, swap: () => Promise<void>): Promise<void> {
    const { keys } = this.#parts;
    const lifted = await keys.lift(this.#now, this.#history);
    await swap();
    keys.forget();
    this.#now = lifted.now;
    this.#history = lifted.history;
    await this.settle(taught);
  }

  /** Works out what the models make of all that was taught. */
  async learn(): Promise<void> {
    const { board, learning, log, learnt } = this.#parts;
    const turn = ++this.#turn;
    const { votes } = board;
    try {
      const refit = await learning.refit(board, this.#now);
      if (turn !== this.#turn || votes !== board.votes) return;
      votes.learn(refit);
      await learnt();
      board.refresh();
    } catch (error) {
      if (turn === this.#turn) log.add(error);
    }
  }

  /** Whether the models may still change a pattern. */
  open(pattern: number): boolean {
    const decider = this.#parts.board.verdicts?.decider[pattern];
    return decider === MODEL || decider === NONE;
  }

  async #say(patterns: readonly number[], what: string, one: (pattern: number) => Said): Promise<void> {
    const table = this.#parts.board.table;
    // The overflow stands for lines of any kind: nothing can be said of it as a whole.
    const able = patterns.filter((pattern) => table !== null && pattern >= 0 && pattern < table.count && !(table.flags[pattern] & PATTERN_OVERFLOW));
    if (able.length === 0) return;
    const said = new Map(this.#now.said);
    for (const pattern of able) said.set(pattern, one(pattern));
    await this.#step(what, { ...this.#now, said }, able);
  }

  async #step(what: string, next: Snapshot, about: readonly number[], place = false): Promise<boolean> {
    const history = this.#history;
    this.#history = stepped(history, what, this.#now);
    this.last = what;
    const done = await this.#go(next, about, place);
    if (!done) {
      this.#history = history;
      this.last = '';
    }
    return done;
  }

  /** Makes `next` the state of things. False where the person gave it up. */
  async #go(next: Snapshot, about: readonly number[], place = false): Promise<boolean> {
    const { board, keys, log, aside, reread } = this.#parts;
    const before = this.#now;
    const { verdicts, table } = board;
    this.changes = null;
    this.#now = next;
    if (next.rules !== before.rules || next.division !== before.division) {
      if (table !== null && !(await reread())) {
        this.#now = before;
        return false;
      }
      return true;
    }
    if (place && table !== null) await this.settle();
    board.teach({ said: this.#now.said, categories: next.categories });
    keys.ask(this.#now.said.keys()).catch((error: unknown) => log.add(error));
    if (next.said === before.said && next.elsewhere === before.elsewhere) return true;
    const turn = this.#turn + 1;
    await aside(() => this.learn());
    if (table !== null && verdicts !== null && board.verdicts !== null && turn === this.#turn) {
      const spoken = new Set([...about, ...this.#now.said.keys(), ...before.said.keys()]);
      this.changes = changesBetween(table, verdicts, board.verdicts, spoken);
    }
    return true;
  }
}

function counted(patterns: readonly number[]): string {
  return patterns.length === 1 ? 'pattern' : `${patterns.length.toLocaleString('en')} patterns`;
}
