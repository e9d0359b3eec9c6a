import type { HttpClass, PatternTable } from '../../contract/pattern.ts';
import type { Rule, RuleChanges, RulePart } from '../../contract/rule.ts';
import type { SlotValues } from '../../contract/teach.ts';
import type { RowView } from '../../contract/view.ts';
import { Masker } from '../../engine/patterns/mask.ts';
import { TokenSpans } from '../../engine/patterns/token-spans.ts';
import { splitRule, valueRule } from '../../engine/rules/split-rule.ts';
import type { Session } from '../session.svelte.ts';

/** Values counted per place: one that is rarer is told without a count. */
const VALUES_MAX = 2000;

/** What a row has in a place in which its pattern's rows differ. */
export interface RowValue {
  /** As of SlotValues. */
  readonly token: number;
  readonly value: string;
  /** Words around it in the message. */
  readonly before: string;
  readonly after: string;
  /** Rows of the pattern with this value, 0 = hardly any; exact only where `whole`. */
  readonly rows: number;
  readonly whole: boolean;
}

/** The parts of its pattern that a row may stand for. */
export interface RowScopes {
  /** The values that most rows share first. */
  readonly values: readonly RowValue[];
  /** All rows with the very same message; null where it is too long for a rule. */
  readonly same: RulePart | null;
}

/** @throws Failure as of ReaderApi */
export async function scopesOfRow(session: Pick<Session, 'table' | 'ask'>, row: RowView): Promise<RowScopes> {
  const { table } = session;
  const same = await session.ask((api) => api.partOfRow(row.row));
  const message = same?.where[0]?.value;
  if (table === null || message === undefined) return { values: [], same };
  const slots = await session.ask((api) => api.values(row.pattern, VALUES_MAX));
  return { values: valuesOf(slots, tokensOf(message), table.rows[row.pattern]), same };
}

function valuesOf(slots: readonly SlotValues[], tokens: readonly string[], all: number): RowValue[] {
  const values = slots.flatMap(({ token, values, rows: seen }): RowValue[] => {
    const value = tokens[token];
    if (value === undefined || value === '') return [];
    const found = values.find((one) => one.value === value)?.rows ?? 0;
    // A value that all rows have is the whole pattern; one that a single row has is that row.
    if (found === seen || (found <= 1 && seen === all)) return [];
    return [{ token, value, before: tokens.slice(Math.max(0, token - 2), token).join(' '), after: tokens.slice(token + 1, token + 3).join(' '), rows: Math.round((found * all) / seen), whole: seen === all }];
  });
  return values.sort((a, b) => b.rows - a.rows || a.token - b.token);
}

/** What stands in the message for each token of its masked text. */
function tokensOf(message: string): string[] {
  const bytes = new TextEncoder().encode(message);
  const masker = new Masker();
  const spans = new TokenSpans();
  masker.mask(bytes, 0, bytes.length);
  spans.read(masker);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return Array.from({ length: spans.count }, (_, at) => decoder.decode(spans.bytes.subarray(spans.from[at], spans.to[at])));
}

/** The split of a pattern's rows that have a value in a place. @param rules those that the table was read with */
export function splitByValue(table: PatternTable, rules: readonly Rule[], pattern: number, { token, value }: Pick<RowValue, 'token' | 'value'>, label: string): Rule {
  const rule = rules[table.rule[pattern]];
  const within = rule?.origin === 'split' ? rule : null;
  return valueRule({ text: table.texts[pattern], level: table.level[pattern], http: table.http[pattern] as HttpClass }, within, token, value, label);
}

/** The split of all rows with one message. */
export function splitByMessage(same: RulePart, label: string): Rule {
  return splitRule(same, label);
}

/** The same changes of rules with some splits more; a split of the same rows takes the place of the earlier one. */
export function withSplits(changes: RuleChanges, splits: readonly Rule[]): RuleChanges {
  const ids = new Set(splits.map(({ id }) => id));
  return { ...changes, splits: [...splits, ...changes.splits.filter(({ id }) => !ids.has(id))] };
}
