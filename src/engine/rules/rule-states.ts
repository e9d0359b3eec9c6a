import type { Rule } from '../../contract/rule.ts';
import type { SymbolSet } from './placeholder-symbols.ts';
import { SYMBOL_SETS } from './placeholder-symbols.ts';
import { joinRules, parseRule } from './rule-program.ts';
import type { State } from './state-builder.ts';
import { NO_RULE, StateBuilder } from './state-builder.ts';
import type { SymbolClasses } from './symbol-classes.ts';
import { findClasses } from './symbol-classes.ts';

/** A rule that needs more states than this for masked texts is not worth following. */
const MOST_STATES = 4000;
const UNKNOWN = -1;
const SETS = Object.keys(SYMBOL_SETS) as SymbolSet[];

/** Thrown inside key analysis: the rule has too many states to be followed. */
export class TooManyStates extends Error {}

/** One rule's deterministic automaton, built as it is needed, that steps over known symbols and over sets of possible ones. */
export class RuleStates {
  readonly first: number;
  private readonly classes: SymbolClasses;
  private readonly builder: StateBuilder;
  /** Symbol classes that each of SETS is made of: no class is partly in one. */
  private readonly classesOf: ReadonlyMap<SymbolSet, readonly number[]>;
  private readonly states: State[] = [];
  private readonly ids = new Map<string, number>();
  private readonly next: Int32Array[] = [];
  private readonly reached = new Map<string, readonly number[]>();
  private readonly matched: (boolean | undefined)[] = [];

  /** @throws RuleError */
  constructor(rule: Rule) {
    const alone = joinRules([parseRule(rule, 0)]);
    const program = { ...alone, sets: [...alone.sets, ...SETS.map((set) => SYMBOL_SETS[set])] };
    const classes = findClasses(program);
    this.classes = classes;
    this.builder = new StateBuilder(program, classes);
    this.classesOf = new Map(SETS.map((set, at) => {
      const members = classes.members.subarray((alone.sets.length + at) * classes.count, (alone.sets.length + at + 1) * classes.count);
      return [set, Array.from(members.keys()).filter((one) => members[one] === 1)];
    }));
    this.first = this.intern(this.builder.first());
  }

  /** State after one known code point. @throws TooManyStates */
  after(state: number, symbol: number): number {
    return this.step(state, this.classes.classOf(symbol));
  }

  /** States after one symbol of a set. @throws TooManyStates */
  afterOne(state: number, set: SymbolSet): readonly number[] {
    return this.cached(`${state} ${set}`, () => [...new Set((this.classesOf.get(set) as readonly number[]).map((one) => this.step(state, one)))]);
  }

  /** States after any number of symbols of some sets, itself included. @throws TooManyStates */
  afterMany(state: number, sets: readonly SymbolSet[]): readonly number[] {
    return this.cached(`${state} ${sets.join('|')}*`, () => {
      const found = new Set([state]);
      for (const one of found) for (const set of sets) for (const next of this.afterOne(one, set)) found.add(next);
      return [...found];
    });
  }

  /** Whether the rule matches a message that ends in this state. */
  matches(state: number): boolean {
    return (this.matched[state] ??= this.builder.end(this.states[state]) !== NO_RULE);
  }

  /** Whether nothing that may follow changes the answer. */
  isSettled(state: number): boolean {
    return this.builder.isSettled(this.states[state]);
  }

  private step(state: number, symbolClass: number): number {
    const row = this.next[state];
    if (row[symbolClass] === UNKNOWN) row[symbolClass] = this.intern(this.builder.step(this.states[state], symbolClass));
    return row[symbolClass];
  }

  private intern(state: State): number {
    const name = `${state.best} ${state.flags} ${state.waiting.join()}`;
    let id = this.ids.get(name);
    if (id === undefined) {
      if (this.states.length === MOST_STATES) throw new TooManyStates();
      id = this.states.push(state) - 1;
      this.next.push(new Int32Array(this.classes.count).fill(UNKNOWN));
      this.ids.set(name, id);
    }
    return id;
  }

  private cached(name: string, compute: () => readonly number[]): readonly number[] {
    let states = this.reached.get(name);
    if (states === undefined) this.reached.set(name, (states = compute()));
    return states;
  }
}
