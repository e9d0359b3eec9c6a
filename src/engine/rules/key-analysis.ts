import type { Rule } from '../../contract/rule.ts';
import { BYTE_CLASS, DIGIT, LETTER, isDigit } from '../patterns/byte-class.ts';
import { LOST_MORE } from '../patterns/mask.ts';
import type { Placeholder } from '../patterns/placeholder.ts';
import { placeholderAt } from '../patterns/placeholder.ts';
import { RUN_REST, STANDS_FOR } from './placeholder-symbols.ts';
import type { SymbolSet } from './placeholder-symbols.ts';
import { readSymbol } from './read-symbol.ts';
import { RuleStates, TooManyStates } from './rule-states.ts';

/** The rule matches no line of the key. */
export const NEVER = 0;
/** It matches every line of the key. */
export const ALWAYS = 1;
/** Lines have to be looked at. */
export const DEPENDS = 2;
export type KeyAnswer = typeof NEVER | typeof ALWAYS | typeof DEPENDS;

/** A key that leads to more states at once is not followed. */
const MOST_AT_ONCE = 200;
const SPACE = 0x20;
const SMALL_X = 0x78;

/**
 * Tells of a masked text whether a rule matches the lines that it stands for. The text is a set of strings, since each
 * placeholder stands for any string of its class and each space for any blanks; the rule's automaton runs over all of
 * them at once. NEVER and ALWAYS are proofs, DEPENDS claims nothing.
 */
export class KeyAnalysis {
  private readonly states: RuleStates;
  private now = new Set<number>();

  /** @throws RuleError */
  constructor(rule: Rule) {
    this.states = new RuleStates(rule);
  }

  /**
   * @param text masked text of a key, UTF-8
   * @param lost Masker.lost of all lines of the key
   */
  of(text: Uint8Array, lost: number): KeyAnswer {
    if (lost & LOST_MORE) return DEPENDS;
    try {
      return this.follow(text, lost === 0);
    } catch (error) {
      if (error instanceof TooManyStates) return DEPENDS;
      throw error;
    }
  }

  private follow(text: Uint8Array, plain: boolean): KeyAnswer {
    const { states } = this;
    this.now = new Set([states.first]);
    if (!plain) this.many(['blank']);
    let previous: Placeholder | null = null;
    for (let at = 0; at < text.length; ) {
      if (this.now.size > MOST_AT_ONCE) throw new TooManyStates();
      if (this.now.size === 1 && this.isSettled()) break;
      const kind = placeholderAt(text, at, text.length);
      if (kind !== null) {
        this.placeholder(kind, kind === previous);
        previous = kind;
        at += kind.length + 2;
        continue;
      }
      if (BYTE_CLASS[text[at]] & (LETTER | DIGIT)) previous = null;
      if (isDigit(text[at])) {
        if (text[at + 1] !== SMALL_X || text[at + 2] !== SMALL_X) return DEPENDS;
        this.status(text[at]);
        at += 3;
        continue;
      }
      if (text[at] === SPACE && !plain) {
        this.one('blank');
        this.many(['blank']);
        at++;
        continue;
      }
      const symbol = readSymbol(text, at, text.length);
      this.each((state) => [states.after(state, symbol >> 3)]);
      at += symbol & 7;
    }
    if (!plain) this.many(['blank']);
    return this.answer();
  }

  private placeholder(kind: Placeholder, second: boolean): void {
    for (const { set, optional, many } of STANDS_FOR[kind]) {
      if (many === true) this.many([set]);
      else if (optional === true) this.each((state) => [state, ...this.states.afterOne(state, set)]);
      else this.one(set);
    }
    if (second) this.many(RUN_REST[kind]);
  }

  /** `4xx` stands for 400…499. */
  private status(digit: number): void {
    this.each((state) => [this.states.after(state, digit)]);
    this.one('digit');
    this.one('digit');
  }

  private one(set: SymbolSet): void {
    this.each((state) => this.states.afterOne(state, set));
  }

  private many(sets: readonly SymbolSet[]): void {
    this.each((state) => this.states.afterMany(state, sets));
  }

  private each(step: (state: number) => readonly number[]): void {
    const next = new Set<number>();
    for (const state of this.now) for (const one of step(state)) next.add(one);
    this.now = next;
  }

  private isSettled(): boolean {
    const [only] = this.now;
    return this.states.isSettled(only);
  }

  private answer(): KeyAnswer {
    let some = false, all = true;
    for (const state of this.now) {
      if (this.states.matches(state)) some = true;
      else all = false;
    }
    return all ? ALWAYS : some ? DEPENDS : NEVER;
  }
}
