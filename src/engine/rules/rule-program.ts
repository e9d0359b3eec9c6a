import { RE2JS, RE2Set } from 're2js';
import type { Rule } from '../../contract/rule.ts';
import { RuleError } from './rule-error.ts';

/** Kinds of instruction that a lazily built DFA has to tell apart; FAIL goes nowhere. */
export const FAIL = 0;
export const JUMP = 1;
export const FORK = 2;
export const ASSERT = 3;
export const SYMBOL = 4;
export const MATCH = 5;

/** Bits of an ASSERT's argument, numbered as in RE2. */
export const BEGIN_LINE = 1;
export const END_LINE = 2;
export const BEGIN_TEXT = 4;
export const END_TEXT = 8;
export const WORD_BOUNDARY = 16;
export const NO_WORD_BOUNDARY = 32;

/** Highest code point. */
export const MAX_SYMBOL = 0x10ffff;

/**
 * Thompson program of one or more rules (Cox, "Regular Expression Matching: the Virtual Machine Approach").
 * One entry per instruction; jumps are indices into the same arrays.
 */
export interface RuleProgram {
  readonly kind: Uint8Array;
  readonly next: Int32Array;
  /** FORK: the other way. ASSERT: what has to hold. SYMBOL: index into `sets`. MATCH: unused. */
  readonly arg: Int32Array;
  /** The rule that an instruction belongs to: an index into the whole ordered list. */
  readonly ruleOf: Int32Array;
  /** First instruction of each rule, in order. */
  readonly starts: Int32Array;
  /** Distinct sets of code points as sorted, disjoint [low, high, low, high, …]. */
  readonly sets: readonly Int32Array[];
}

/** Instruction codes of re2js 2.10 (RE2's own, extended); the oracle test would notice a change. */
const RE2_ALT = 1, RE2_ALT_MATCH = 2, RE2_CAPTURE = 3, RE2_EMPTY_WIDTH = 4, RE2_FAIL = 5, RE2_MATCH = 6, RE2_NOP = 7;
const RE2_RUNE = 8, RE2_RUNE_ANY_NOT_NL = 11, RE2_FOLD_CASE = 1;

interface Re2Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
  matchRune(symbol: number): boolean;
}

/** One rule as RE2 parses and simplifies it, so that syntax and case folding are re2js's own and not a second opinion. */
export interface ParsedRule {
  readonly index: number;
  readonly start: number;
  readonly instructions: readonly Re2Instruction[];
}

/** @throws RuleError if the pattern is not RE2 syntax. */
export function parseRule(rule: Rule, index: number): ParsedRule {
  try {
    const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE);
    set.add(rule.pattern);
    set.compile();
    return { index, start: set.prog.start, instructions: set.prog.inst };
  } catch (error) {
    throw new RuleError(rule.id, error instanceof Error ? error.message : String(error));
  }
}

/** Puts the programs of several rules behind one another. */
export function joinRules(rules: readonly ParsedRule[]): RuleProgram {
  const size = rules.reduce((sum, rule) => sum + rule.instructions.length, 0);
  const program = {
    kind: new Uint8Array(size), next: new Int32Array(size), arg: new Int32Array(size), ruleOf: new Int32Array(size),
    starts: new Int32Array(rules.length), sets: [] as Int32Array[],
  };
  const setIds = new Map<string, number>();
  const setId = (instruction: Re2Instruction): number => {
    const ranges = symbolRanges(instruction);
    const name = ranges.join();
    let id = setIds.get(name);
    if (id === undefined) {
      id = program.sets.push(ranges) - 1;
      setIds.set(name, id);
    }
    return id;
  };
  let base = 0;
  rules.forEach((rule, position) => {
    program.starts[position] = base + rule.start;
    rule.instructions.forEach((instruction, offset) => {
      const at = base + offset;
      program.ruleOf[at] = rule.index;
      program.next[at] = base + instruction.out;
      const kind = kindOf(instruction.op);
      program.kind[at] = kind;
      if (kind === FORK) program.arg[at] = base + instruction.arg;
      else if (kind === ASSERT) program.arg[at] = instruction.arg;
      else if (kind === SYMBOL) program.arg[at] = setId(instruction);
    });
    base += rule.instructions.length;
  });
  return program;
}

function kindOf(op: number): number {
  if (op >= RE2_RUNE && op <= RE2_RUNE_ANY_NOT_NL) return SYMBOL;
  switch (op) {
    case RE2_ALT: case RE2_ALT_MATCH: return FORK;
    case RE2_CAPTURE: case RE2_NOP: return JUMP;
    case RE2_EMPTY_WIDTH: return ASSERT;
    case RE2_MATCH: return MATCH;
    case RE2_FAIL: return FAIL;
    default: throw new Error(`Unknown instruction ${op} in a rule's program`);
  }
}

function symbolRanges(instruction: Re2Instruction): Int32Array {
  const { runes } = instruction;
  if (runes.length !== 1) return Int32Array.from(runes);
  const symbol = runes[0];
  if ((instruction.arg & RE2_FOLD_CASE) === 0) return Int32Array.of(symbol, symbol);
  const orbit = symbol < 128 ? asciiOrbit(symbol) : searchOrbit(instruction);
  return Int32Array.from(orbit.flatMap((one) => [one, one]));
}

/** A letter in both cases, with the two that Unicode folds into ASCII: U+017F (long s) and U+212A (kelvin sign). */
function asciiOrbit(symbol: number): number[] {
  const lower = symbol | 0x20;
  const orbit = [lower - 0x20, lower];
  if (lower === 0x73) orbit.push(0x17f);
  if (lower === 0x6b) orbit.push(0x212a);
  return orbit;
}

/** No script with two cases lies above the Supplementary Multilingual Plane (Unicode 16, CaseFolding.txt). */
const LAST_CASED = 0x1ffff;

const orbits = new Map<number, number[]>();

/** Everything that re2js folds to a letter outside ASCII: rare in rules, so it may ask re2js for each code point, once. */
function searchOrbit(instruction: Re2Instruction): number[] {
  let orbit = orbits.get(instruction.runes[0]);
  if (orbit === undefined) {
    orbit = [];
    for (let symbol = 0; symbol <= LAST_CASED; symbol++) if (instruction.matchRune(symbol)) orbit.push(symbol);
    orbits.set(instruction.runes[0], orbit);
  }
  return orbit;
}
