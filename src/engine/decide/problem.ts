import { CATEGORIES } from '../../contract/category.ts';
import { LEVELS } from '../../contract/level.ts';

const WARNING = LEVELS.indexOf('warning');
/** What a line about a resource says when there is none left. */
const AT_LIMIT = /\b(full|exhaust\w*|out of|no space|no free|exceed\w*|insufficient|limit reached|too many|overflow\w*|critical\w*|throttl\w*|starv\w*|pressure|low (?:disk|memory|space|battery))\b/i;

/**
 * The derived problem mark (never exported as the label): a category of failures, an HTTP status of 500 or above, or a
 * resource at its limit.
 * @param http HTTP status class, 0 if none
 * @param level index into LEVELS
 */
export function isProblem(label: string, http: number, level: number, text: string): boolean {
  if (http === 5) return true;
  if (label === 'Resource Usage') return level >= WARNING || AT_LIMIT.test(text);
  return CATEGORIES.some((category) => category.name === label && category.problem);
}
