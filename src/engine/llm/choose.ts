import { UNCLASSIFIED } from '../../contract/category.ts';
import type { Cells, PatternTable } from '../../contract/pattern.ts';
import { CLOSELY, UNREAD } from '../decide/votes.ts';
import type { Votes } from '../decide/votes.ts';

/** Anything that tells whether it has a pattern: a set of them, or a map by them. */
interface Known {
  has(pattern: number): boolean;
}

export interface Choosing {
  readonly table: PatternTable;
  /** Patterns with content that neither the person nor a rule decides. */
  readonly open: readonly number[];
  readonly votes: Votes;
  /** Below it the vote is unsure. */
  readonly threshold: number;
  /** The models were stopped: of what only the word model has looked at nobody is sure. */
  readonly cancelled?: boolean;
  /** As of `routedPatterns`. */
  readonly routed: Known;
  /** Patterns that the model has been asked about. */
  readonly answered: Known;
  /** Also those that the vote is sure of. */
  readonly reviewing: boolean;
}

/**
 * The patterns to ask about: those that the vote is unsure of and those routed to the model, most rows first, equal ones by number;
 * with `reviewing` then all others, in the same order, since what is said of those changes no verdict.
 */
export function patternsToAsk(choosing: Choosing): number[] {
  const { table, open, answered, routed, reviewing } = choosing;
  // Patterns without rows are a baseline's.
  const left = open.filter((pattern) => table.rows[pattern] > 0 && !answered.has(pattern));
  const byRows = (a: number, b: number): number => table.rows[b] - table.rows[a] || a - b;
  const first: number[] = [], then: number[] = [];
  for (const pattern of left) (routed.has(pattern) || !isSure(choosing, pattern) ? first : then).push(pattern);
  return reviewing ? [...first.sort(byRows), ...then.sort(byRows)] : first.sort(byRows);
}

/** The vote decides a pattern (as in decide.ts). */
export function isSure({ votes, threshold, cancelled = false }: Pick<Choosing, 'votes' | 'threshold' | 'cancelled'>, pattern: number): boolean {
  if (votes.read[pattern] === UNREAD || (cancelled && votes.read[pattern] !== CLOSELY)) return false;
  const { label, confidence } = votes.best(pattern);
  return confidence >= threshold && votes.answers[label] !== UNCLASSIFIED;
}

/** Patterns more than half of whose rows come from the sources named. */
export function routedPatterns(table: PatternTable, cells: Cells, names: readonly string[]): Set<number> {
  const wanted = cells.sources.map((name) => name !== '' && names.includes(name));
  const routed = new Set<number>();
  if (!wanted.includes(true)) return routed;
  const from = new Float64Array(table.count), all = new Float64Array(table.count);
  for (let i = 0; i < cells.pattern.length; i++) {
    all[cells.pattern[i]] += cells.rows[i];
    if (wanted[cells.source[i]]) from[cells.pattern[i]] += cells.rows[i];
  }
  for (let pattern = 0; pattern < table.count; pattern++) if (from[pattern] * 2 > all[pattern]) routed.add(pattern);
  return routed;
}
