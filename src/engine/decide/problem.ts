import { CATEGORIES, UNCLASSIFIED } from '../../contract/category.ts';
import { LEVELS } from '../../contract/level.ts';

const WARNING = LEVELS.indexOf('warning');
const ERROR = LEVELS.indexOf('error');
/** What a line about a resource says when there is none left. */
const AT_LIMIT = /\b(full|exhaust\w*|out of|no space|no free|exceed\w*|insufficient|limit reached|too many|overflow\w*|critical\w*|throttl\w*|starv\w*|pressure|low (?:disk|memory|space|battery))\b/i;

/**
 * The derived problem mark (never exported as the label): a category of failures, an HTTP status of 500 or above, a
 * resource at its limit, or a line that nothing is sure about but that the log itself calls an error.
 * @param http HTTP status class, 0 if none
 * @param level index into LEVELS
 */
export function isProblem(label: string, http: number, level: number, text: string): boolean {
  if (http === 5) return true;
  if (label === UNCLASSIFIED) return level >= ERROR;
  if (label === 'Resource Usage') return level >= WARNING || AT_LIMIT.test(text);
  return CATEGORIES.some((category) => category.name === label && category.problem);
}
