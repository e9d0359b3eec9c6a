import { PATTERN_OVERFLOW } from '../../contract/pattern.ts';
import type { Session } from '../../session/session.svelte.ts';
import { notice } from './notice.svelte.ts';

/** Past the cap of patterns lines are counted, not told apart: nothing could be said of one that would not be said of all. */
const NO_PATTERN = 'These lines have no pattern of their own (the file has more patterns than are kept). Make a rule for them instead.';

/** These patterns are of this category. */
export function correct(session: Session, patterns: readonly number[], label: string): void {
  if (able(session, patterns)) void session.teaching.label(patterns, label);
}

/** The verdicts of these patterns are right. */
export function confirm(session: Session, patterns: readonly number[]): void {
  if (able(session, patterns)) void session.teaching.confirm(patterns);
}

/** Takes back what was said of these patterns. */
export function unsay(session: Session, patterns: readonly number[]): void {
  const said = patterns.filter((pattern) => session.teaching.said.has(pattern));
  if (said.length > 0) void session.teaching.unsay(said);
}

function able({ table }: Session, patterns: readonly number[]): boolean {
  const some = table !== null && patterns.some((pattern) => (table.flags[pattern] & PATTERN_OVERFLOW) === 0);
  notice.text = some || patterns.length === 0 ? '' : NO_PATTERN;
  return some;
}
