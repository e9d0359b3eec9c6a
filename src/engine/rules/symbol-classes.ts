import type { RuleProgram } from './rule-program.ts';
import { ASSERT, BEGIN_LINE, END_LINE, MAX_SYMBOL, NO_WORD_BOUNDARY, WORD_BOUNDARY } from './rule-program.ts';

/** Code points that no instruction of a program can tell apart share a class; the DFA's alphabet is the classes. */
export interface SymbolClasses {
  readonly count: number;
  /** Class of each ASCII code point. */
  readonly ascii: Uint16Array;
  /** Class of any code point. */
  classOf(symbol: number): number;
  /** sets × count: 1 where the class is part of the set. */
  readonly members: Uint8Array;
  /** 1 where the class is of [0-9A-Za-z_] (all of it or none). Meaningful only if the program asks for words. */
  readonly isWord: Uint8Array;
  /** The class of line feed alone, or -1 if the program does not ask for lines. */
  readonly newline: number;
}

const NEWLINE = Int32Array.of(10, 10);
const WORD = Int32Array.of(0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a);
/** Code points below this have a direct table: Latin, Greek, Cyrillic, Hebrew, Arabic. */
const DIRECT = 0x800;

export function findClasses(program: RuleProgram): SymbolClasses {
  const asked = assertions(program);
  const lines = (asked & (BEGIN_LINE | END_LINE)) !== 0;
  const words = (asked & (WORD_BOUNDARY | NO_WORD_BOUNDARY)) !== 0;
  const sets = [...program.sets, ...(lines ? [NEWLINE] : []), ...(words ? [WORD] : [])];
  const bounds = boundsOf(sets);
  const { classes, count } = partition(bounds, sets);

  const intervalOf = (symbol: number): number => lastAtMost(bounds, symbol);
  const members = new Uint8Array(program.sets.length * count);
  program.sets.forEach((set, id) => markMembers(set, bounds, classes, members.subarray(id * count, (id + 1) * count)));
  const isWord = new Uint8Array(count);
  if (words) markMembers(WORD, bounds, classes, isWord);

  const direct = Uint16Array.from({ length: DIRECT }, (_, symbol) => classes[intervalOf(symbol)]);
  const classOf = (symbol: number): number => (symbol < DIRECT ? direct[symbol] : classes[intervalOf(symbol)]);
  return { count, ascii: direct.slice(0, 128), classOf, members, isWord, newline: lines ? classOf(10) : -1 };
}

function assertions(program: RuleProgram): number {
  let asked = 0;
  for (let at = 0; at < program.kind.length; at++) if (program.kind[at] === ASSERT) asked |= program.arg[at];
  return asked;
}

/** Left ends of the intervals in which no set begins or ends. */
function boundsOf(sets: readonly Int32Array[]): Int32Array {
  const bounds = new Set([0]);
  for (const set of sets) {
    for (let at = 0; at < set.length; at += 2) bounds.add(set[at]).add(set[at + 1] + 1);
  }
  bounds.delete(MAX_SYMBOL + 1);
  return Int32Array.from(bounds).sort();
}

/** Refines one class of all intervals by each set in turn; classes are numbered by their first interval. */
function partition(bounds: Int32Array, sets: readonly Int32Array[]): { classes: Uint16Array; count: number } {
  const classes = new Uint16Array(bounds.length);
  let count = 1;
  for (const set of sets) {
    const split = new Map<number, number>();
    let at = 0;
    for (let interval = 0; interval < bounds.length; interval++) {
      while (at < set.length && set[at + 1] < bounds[interval]) at += 2;
      const inside = at < set.length && set[at] <= bounds[interval] ? 1 : 0;
      const name = classes[interval] * 2 + inside;
      let refined = split.get(name);
      if (refined === undefined) {
        refined = split.size;
        split.set(name, refined);
      }
      classes[interval] = refined;
    }
    count = split.size;
  }
  return { classes, count };
}

function markMembers(set: Int32Array, bounds: Int32Array, classes: Uint16Array, members: Uint8Array): void {
  for (let at = 0; at < set.length; at += 2) {
    for (let i = lastAtMost(bounds, set[at]); i < bounds.length && bounds[i] <= set[at + 1]; i++) members[classes[i]] = 1;
  }
}

/** Index of the last bound ≤ symbol. */
function lastAtMost(bounds: Int32Array, symbol: number): number {
  let low = 0;
  let high = bounds.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (bounds[middle] <= symbol) low = middle;
    else high = middle;
  }
  return low;
}
