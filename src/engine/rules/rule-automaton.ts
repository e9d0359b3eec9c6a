import { readSymbol } from './read-symbol.ts';
import { joinRules } from './rule-program.ts';
import type { ParsedRule } from './rule-program.ts';
import type { State } from './state-builder.ts';
import { NO_RULE, StateBuilder } from './state-builder.ts';
import type { SymbolClasses } from './symbol-classes.ts';
import { findClasses } from './symbol-classes.ts';

/** The table is emptied when it is full: at most 16 MB (RE2 gives itself 8) and 50,000 states per automaton. */
const MOST_ENTRIES = 4 << 20;
const MOST_STATES = 50_000;
/** What the states hold: hostile rules have few states of thousands of instructions each. */
const MOST_WAITING = 1_000_000;
const FIRST_STATES = 64;
/** A full table that served fewer bytes per state than this was not worth building (RE2 uses the same ratio). */
const WORTHWHILE = 10;

/** Answer of an automaton whose rules multiply each other's states: they are to be parted and asked again. */
export const TO_BE_PARTED = -2;

/** A transition that has not been computed. Row 0 belongs to no state, so no state has this number. */
const UNKNOWN = 0;

/**
 * Several rules as one deterministic automaton, built state by state as messages need it (Cox, "Regular
 * Expression Matching in the Wild"). Time is linear in the message whatever the rules are.
 *
 * `#table` has one row per state: its successor (as index of that row's first entry) per symbol class; then a
 * column that is always UNKNOWN, which every byte above ASCII looks up and so leaves the fast loop; then the
 * answer if the message ends there. Answers are stored as -2 - rule (-1: none), also in place of a successor
 * from which nothing can change the answer any more.
 */
export class RuleAutomaton {
  readonly rules: readonly ParsedRule[];
  readonly #classes: SymbolClasses;
  readonly #builder: StateBuilder;
  readonly #columns = new Uint16Array(256);
  readonly #width: number;
  readonly #mostStates: number;
  #table: Int32Array;
  #states: State[] = [];
  #ids = new Map<string, number>();
  #first = 0;
  #waiting = 0;
  /** Bytes since the table was last empty, the whole of the message that is being read included. */
  #bytesRead = 0;

  constructor(rules: readonly ParsedRule[]) {
    this.rules = rules;
    const program = joinRules(rules);
    this.#classes = findClasses(program);
    this.#builder = new StateBuilder(program, this.#classes);
    this.#width = this.#classes.count + 2;
    this.#columns.fill(this.#classes.count);
    this.#columns.set(this.#classes.ascii);
    this.#mostStates = Math.max(2, Math.min(MOST_STATES, Math.floor(MOST_ENTRIES / this.#width) - 1));
    this.#table = new Int32Array((FIRST_STATES + 1) * this.#width);
    this.#clear();
  }

  /** Index (in the whole list) of the first rule that matches bytes[start, end), or -1; or TO_BE_PARTED. */
  match(bytes: Uint8Array, start: number, end: number): number {
    this.#bytesRead += end - start;
    const columns = this.#columns;
    const table = this.#table;
    let state = this.#first;
    if (state < 0) return -2 - state;
    for (let at = start; at < end; at++) {
      const next = table[state + columns[bytes[at]]];
      if (next <= UNKNOWN) return next < UNKNOWN ? -2 - next : this.#matchSlowly(bytes, at, end, state);
      state = next;
    }
    const answer = table[state + this.#width - 1];
    return answer < UNKNOWN ? -2 - answer : this.#end(state);
  }

  /** Goes on from `at` in `state`, with everything that the fast loop leaves out: new states and symbols above ASCII. */
  #matchSlowly(bytes: Uint8Array, from: number, end: number, entered: number): number {
    const columns = this.#columns;
    const classes = this.#classes;
    let state = entered;
    let at = from;
    while (at < end) {
      let column = columns[bytes[at]];
      let taken = 1;
      if (column === classes.count) {
        const symbol = readSymbol(bytes, at, end);
        column = classes.classOf(symbol >> 3);
        taken = symbol & 7;
      }
      let next = this.#table[state + column];
      if (next === UNKNOWN) {
        if (this.#isFull() && this.rules.length > 1 && this.#isWaste(end - at)) return TO_BE_PARTED;
        next = this.#step(state, column, end - at);
      }
      if (next < UNKNOWN) return -2 - next;
      state = next;
      at += taken;
    }
    const answer = this.#table[state + this.#width - 1];
    return answer < UNKNOWN ? -2 - answer : this.#end(state);
  }

  #end(state: number): number {
    const best = this.#builder.end(this.#states[state / this.#width]);
    const rule = best === NO_RULE ? -1 : best;
    this.#table[state + this.#width - 1] = -2 - rule;
    return rule;
  }

  #isFull(): boolean {
    return this.#states.length > this.#mostStates || this.#waiting > MOST_WAITING;
  }

  #isWaste(bytesLeft: number): boolean {
    return this.#bytesRead - bytesLeft < WORTHWHILE * this.#states.length;
  }

  #step(from: number, column: number, bytesLeft: number): number {
    const state = this.#builder.step(this.#states[from / this.#width], column);
    const cleared = this.#isFull();
    if (cleared) {
      this.#clear();
      this.#bytesRead = bytesLeft;
    }
    const next = this.#intern(state);
    if (!cleared) this.#table[from + column] = next;
    return next;
  }

  /** @returns the state's row, or its answer if nothing can change it */
  #intern(state: State): number {
    if (this.#builder.isSettled(state)) return -2 - (state.best === NO_RULE ? -1 : state.best);
    const name = `${state.best} ${state.flags} ${state.waiting.join()}`;
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#states.push(state) - 1;
      this.#waiting += state.waiting.length;
      if ((id + 1) * this.#width > this.#table.length) this.#grow();
      this.#ids.set(name, id);
    }
    return id * this.#width;
  }

  #grow(): void {
    const rows = Math.min(2 * this.#states.length, this.#mostStates + 1);
    const table = new Int32Array(rows * this.#width);
    table.set(this.#table);
    this.#table = table;
  }

  #clear(): void {
    this.#table.fill(UNKNOWN);
    this.#ids.clear();
    this.#waiting = 0;
    // Row 0 is never a successor, see UNKNOWN.
    const first = this.#builder.first();
    this.#states = [first];
    this.#first = this.#intern(first);
  }
}
