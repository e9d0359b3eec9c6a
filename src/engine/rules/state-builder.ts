import type { RuleProgram } from './rule-program.ts';
import { ASSERT, BEGIN_LINE, BEGIN_TEXT, END_LINE, END_TEXT, FAIL, FORK, JUMP, MATCH, NO_WORD_BOUNDARY, SYMBOL, WORD_BOUNDARY } from './rule-program.ts';
import type { SymbolClasses } from './symbol-classes.ts';

/** Flag of a state, beside the BEGIN_* bits that held when it was entered: the symbol before was of a word. */
const AFTER_WORD = 64;
/** `best` of a state that no rule has matched yet: above every rule. */
export const NO_RULE = 0x7fffffff;

/** A state of the DFA: where the program can be after what was read, and what it has found. */
export interface State {
  /**
   * SYMBOL instructions, and ASSERTs that wait for the next symbol, ascending. Those that a rule starts with are
   * left out: rules start anew at every symbol, so these follow from `flags`.
   */
  readonly waiting: Int32Array;
  readonly flags: number;
  /** Lowest rule that has matched, or NO_RULE. Rules from there on are no longer followed. */
  readonly best: number;
}

/** What all rules starting at one place come to, by themselves. */
interface Fresh {
  readonly waiting: Int32Array;
  /** Per instruction: 1 if waiting. */
  readonly waits: Uint8Array;
  readonly best: number;
  /** Per symbol class: where its symbols lead to, and the lowest rule that has matched before them. */
  readonly steps: ({ readonly seeds: Int32Array; readonly best: number } | undefined)[];
}

/**
 * Steps sets of instructions over symbol classes. Assertions that need the next symbol (ends and word
 * boundaries) are kept in the state and resolved by the step that reads it, as in RE2's dfa.cc.
 */
export class StateBuilder {
  readonly #program: RuleProgram;
  readonly #classes: SymbolClasses;
  readonly #fresh = new Map<number, Fresh>();
  readonly #firstRestart: number;
  readonly #seen: Int32Array;
  readonly #stack: Int32Array;
  readonly #found: Int32Array;
  readonly #seeds: Int32Array;
  #mark = 0;
  #best = NO_RULE;

  constructor(program: RuleProgram, classes: SymbolClasses) {
    const size = program.kind.length;
    this.#program = program;
    this.#classes = classes;
    this.#seen = new Int32Array(size);
    // Seeds, and at most two more for each instruction, which is expanded once.
    this.#stack = new Int32Array(4 * size + program.starts.length);
    this.#found = new Int32Array(size);
    this.#seeds = new Int32Array(2 * size + program.starts.length);
    const { waiting } = this.#freshAt(classes.newline < 0 ? 0 : BEGIN_LINE);
    this.#firstRestart = waiting.reduce((least, at) => Math.min(least, program.ruleOf[at]), NO_RULE);
  }

  /** The state before the first symbol. */
  first(): State {
    const flags = BEGIN_LINE | BEGIN_TEXT;
    return { waiting: new Int32Array(0), flags, best: this.#freshAt(flags).best };
  }

  /** Nothing that may follow can change what the state has found. */
  isSettled(state: State): boolean {
    if (state.waiting.length > 0 || state.best > this.#firstRestart) return false;
    return (state.flags & BEGIN_TEXT) === 0 || state.best === 0;
  }

  /** The state after reading one symbol of class `symbol`. */
  step(state: State, symbol: number): State {
    const fresh = this.#freshStep(state.flags, symbol);
    const resolved = this.#resolve(state.waiting, this.#holdsBefore(state.flags, symbol), state.best);
    this.#best = Math.min(this.#best, fresh.best);
    let seeds = this.#advance(resolved, symbol, 0);
    for (const seed of fresh.seeds) this.#seeds[seeds++] = seed;

    const { isWord, newline } = this.#classes;
    const flags = (symbol === newline ? BEGIN_LINE : 0) | (isWord[symbol] === 1 ? AFTER_WORD : 0);
    const found = this.#close(seeds, flags & ~AFTER_WORD, true);
    const next = this.#freshAt(flags, found);
    const best = Math.min(this.#best, next.best);
    const { ruleOf } = this.#program;
    const waiting = this.#found.subarray(0, found).filter((at) => ruleOf[at] < best && next.waits[at] === 0).sort();
    return { waiting, flags, best };
  }

  /** Lowest rule that matches if the message ends here, or NO_RULE. */
  end(state: State): number {
    const holds = this.#ahead(state.flags, false) | END_LINE | END_TEXT;
    this.#resolve(state.waiting, holds, state.best);
    const best = this.#best;
    this.#resolve(this.#freshAt(state.flags).waiting, holds, best);
    return this.#best;
  }

  /** Everything known to hold between the last symbol and the next, but for the ends. */
  #ahead(flags: number, nextIsWord: boolean): number {
    const lastIsWord = (flags & AFTER_WORD) !== 0;
    return (flags & ~AFTER_WORD) | (lastIsWord === nextIsWord ? NO_WORD_BOUNDARY : WORD_BOUNDARY);
  }

  #holdsBefore(flags: number, symbol: number): number {
    return this.#ahead(flags, this.#classes.isWord[symbol] === 1) | (symbol === this.#classes.newline ? END_LINE : 0);
  }

  /** What waits once `holds` is known to hold; leaves the lowest match so far in #best. */
  #resolve(waiting: Int32Array, holds: number, best: number): Int32Array {
    this.#best = best;
    const { kind } = this.#program;
    if (!waiting.some((at) => kind[at] === ASSERT)) return waiting;
    this.#seeds.set(waiting);
    return this.#found.slice(0, this.#close(waiting.length, holds, false));
  }

  /** Appends to #seeds, from `count`, where the symbol leads to. @returns the new count */
  #advance(waiting: Int32Array, symbol: number, count: number): number {
    const { kind, next, arg, ruleOf } = this.#program;
    const { members, count: width } = this.#classes;
    for (const at of waiting) {
      if (kind[at] === SYMBOL && ruleOf[at] < this.#best && members[arg[at] * width + symbol] === 1) this.#seeds[count++] = next[at];
    }
    return count;
  }

  /** Rules that start where `flags` hold. Keeps the first `found` of #found and #best as they are. */
  #freshAt(flags: number, found = 0): Fresh {
    const known = this.#fresh.get(flags);
    if (known !== undefined) return known;
    const kept = { found: this.#found.slice(0, found), best: this.#best };
    const { starts, kind } = this.#program;
    this.#best = NO_RULE;
    this.#seeds.set(starts);
    const waiting = this.#found.slice(0, this.#close(starts.length, flags & ~AFTER_WORD, true)).sort();
    const waits = new Uint8Array(kind.length);
    for (const at of waiting) waits[at] = 1;
    const fresh = { waiting, waits, best: this.#best, steps: [] };
    this.#fresh.set(flags, fresh);
    this.#found.set(kept.found);
    this.#best = kept.best;
    return fresh;
  }

  #freshStep(flags: number, symbol: number): { readonly seeds: Int32Array; readonly best: number } {
    const fresh = this.#freshAt(flags);
    const known = fresh.steps[symbol];
    if (known !== undefined) return known;
    const resolved = this.#resolve(fresh.waiting, this.#holdsBefore(flags, symbol), fresh.best);
    const seeds = this.#seeds.slice(0, this.#advance(resolved, symbol, 0));
    return (fresh.steps[symbol] = { seeds, best: this.#best });
  }

  /**
   * Follows jumps and forks, and assertions that hold, from the first `seeds` of #seeds; lowers #best to the
   * lowest rule whose MATCH is reached. @returns how many instructions now wait in #found
   */
  #close(seeds: number, holds: number, keepAssertions: boolean): number {
    const { kind, next, arg, ruleOf } = this.#program;
    const mark = ++this.#mark;
    let depth = 0;
    for (let i = 0; i < seeds; i++) this.#stack[depth++] = this.#seeds[i];
    let found = 0;
    while (depth > 0) {
      const at = this.#stack[--depth];
      if (this.#seen[at] === mark || kind[at] === FAIL) continue;
      this.#seen[at] = mark;
      if (kind[at] === JUMP) this.#stack[depth++] = next[at];
      else if (kind[at] === SYMBOL) this.#found[found++] = at;
      else if (kind[at] === MATCH) this.#best = Math.min(this.#best, ruleOf[at]);
      else if (kind[at] === FORK) {
        this.#stack[depth++] = arg[at];
        this.#stack[depth++] = next[at];
      } else if ((arg[at] & ~holds) === 0) this.#stack[depth++] = next[at];
      // What must begin here and does not never will: only the side ahead is still open.
      else if (keepAssertions && (arg[at] & ~holds & (BEGIN_LINE | BEGIN_TEXT)) === 0) this.#found[found++] = at;
    }
    return found;
  }
}
