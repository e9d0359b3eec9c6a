import type { Rule } from '../../contract/rule.ts';
import { RuleAutomaton, TO_BE_PARTED } from './rule-automaton.ts';
import type { ParsedRule } from './rule-program.ts';
import { parseRule } from './rule-program.ts';

/** Rules made ready to run on every entry. Not shared between workers: each compiles its own. */
export interface RuleMatcher {
  /** Index of the first rule that matches the message bytes[start, end), or -1. */
  match(bytes: Uint8Array, start: number, end: number): number;
}

/** Rules whose programs together stay below this share an automaton: a new state costs time in proportion to it. */
const MOST_INSTRUCTIONS = 20_000;

/**
 * Compiles ordered rules. A message is matched as re2js would match each rule in turn, case-insensitively and
 * anywhere in it, decoded as UTF-8 with U+FFFD for bad bytes (a byte-order mark is kept): the first that
 * matches wins. Linear in the message's length for any rules. Splits never match here (split-matcher.ts).
 *
 * @throws RuleError naming the first rule that is not RE2 syntax (look-around, back-references) or too large
 */
export function compileRules(rules: readonly Rule[]): RuleMatcher {
  return new GroupedMatcher(group(rules.flatMap((rule, index) => (rule.part === undefined ? [parseRule(rule, index)] : []))));
}

function group(rules: readonly ParsedRule[]): RuleAutomaton[] {
  const groups: ParsedRule[][] = [];
  let size = MOST_INSTRUCTIONS;
  for (const rule of rules) {
    size += rule.instructions.length;
    if (size > MOST_INSTRUCTIONS) {
      groups.push([]);
      size = rule.instructions.length;
    }
    groups[groups.length - 1].push(rule);
  }
  return groups.map((members) => new RuleAutomaton(members));
}

class GroupedMatcher implements RuleMatcher {
  #automata: RuleAutomaton[];

  constructor(automata: RuleAutomaton[]) {
    this.#automata = automata;
  }

  match(bytes: Uint8Array, start: number, end: number): number {
    for (let i = 0; i < this.#automata.length; i++) {
      const rule = this.#automata[i].match(bytes, start, end);
      if (rule >= 0) return rule;
      if (rule === TO_BE_PARTED) this.#part(i--);
    }
    return -1;
  }

  /**
   * Rules that multiply each other's states are parted, until those that do not go together are apart. Which
   * rules share an automaton changes the speed only, never the answer.
   */
  #part(i: number): void {
    const { rules } = this.#automata[i];
    const half = rules.length >> 1;
    this.#automata = this.#automata.toSpliced(i, 1, new RuleAutomaton(rules.slice(0, half)), new RuleAutomaton(rules.slice(half)));
  }
}
