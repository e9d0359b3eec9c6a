/** Lines for one built-in rule: some that it must be the first to match, some close to them that it must leave alone. */
export interface RuleLines {
  readonly matches: readonly string[];
  readonly misses: readonly string[];
}

export type LinesById = Readonly<Record<string, RuleLines>>;
