import { CATEGORIES, UNCLASSIFIED } from '../../contract/category.ts';
import { LEVELS } from '../../contract/level.ts';

const WARNING = LEVELS.indexOf('warning');
const ERROR = LEVELS.indexOf('error');
/** What a line about a resource says when there is none left. */
const AT_LIMIT = /\b(full|exhaust\w*|out of|no space|no free|exceed\w*|insufficient|limit reached|too many|overflow\w*|critical\w*|throttl\w*|starv\w*|pressure|low (?:disk|memory|space|battery))\b/i;

/** Categories whose patterns are problems whatever else is known of them. @param own those that people added */
export function problemLabels(own: Iterable<{ readonly name: string; readonly problem: boolean }> = []): ReadonlySet<string> {
  const all: { readonly name: string; readonly problem: boolean }[] = [...CATEGORIES, ...own];
  return new Set(all.filter(({ problem }) => problem).map(({ name }) => name));
}
const BUILT_IN = problemLabels();

/**
 * The derived problem mark (never exported as the label): a category of failures, an HTTP status of 500 or above, a
 * resource at its limit, or a line that nothing is sure about but that the log itself calls an error.
 * @param http HTTP status class, 0 if none
 * @param level index into LEVELS
 * @param problems as of `problemLabels`
 */
export function isProblem(label: string, http: number, level: number, text: string, problems = BUILT_IN): boolean {
  if (http === 5) return true;
  if (label === UNCLASSIFIED) return level >= ERROR;
  if (label === 'Resource Usage') return level >= WARNING || AT_LIMIT.test(text);
  return problems.has(label);
}
