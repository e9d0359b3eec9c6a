import type { HttpClass } from './pattern.ts';

/** A rule: entries that it matches get `label`. Ordered; the first that matches wins. */
export interface Rule {
  /** Stable, kebab-case, unique. */
  readonly id: string;
  /** RE2 syntax, matched case-insensitively anywhere in the message decoded as UTF-8 (bad bytes as U+FFFD). Not looked at where there is `part`. */
  readonly pattern: string;
  /** '' (splits only): its rows form a pattern of their own, and models decide that. */
  readonly label: string;
  /** What it recognises, in a few words, for the reason shown with a verdict. */
  readonly about: string;
  /** Who made it; built-in if left out. A split is what a person makes for part of a pattern, and beats all others. */
  readonly origin?: 'built-in' | 'own' | 'split';
  /** Splits only: which entries. */
  readonly part?: RulePart;
}

/** Entries of one masked text that have certain values in certain places, or are one message. */
export interface RulePart {
  /** Masked text of the pattern that is split; `<*>` for tokens in which its entries differ. */
  readonly text: string;
  /** Index into LEVELS. */
  readonly level: number;
  readonly http: HttpClass;
  /** What must stand where; all of it. Never empty. */
  readonly where: readonly PartPlace[];
}

export interface PartPlace {
  /** Index of the token in the part's text split at single spaces; null = the whole message. */
  readonly token: number | null;
  /** What stands there in the message itself, exactly. */
  readonly value: string;
}

/** What a person made of the rules. Never changed in place. */
export interface RuleChanges {
  /** Rules of their own, in the order in which they are tried; before the built-in ones. */
  readonly own: readonly Rule[];
  /** Ids of built-in rules that are switched off. */
  readonly off: readonly string[];
  /** Parts of patterns that were told apart; before all others. They hold values as they stand in a log. */
  readonly splits: readonly Rule[];
}

export const NO_RULE_CHANGES: RuleChanges = { own: [], off: [], splits: [] };
