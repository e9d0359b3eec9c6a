import { CATEGORY_NAMES, UNCLASSIFIED } from '../../contract/category.ts';
import { UNSEEN } from '../../contract/unseen.ts';

export const NAME_CHARS = 60;
export const MEANING_CHARS = 400;
export const OWN_MAX = 50;

/** Why a category cannot have this name; '' where it can. @param own names of those that there are */
export function nameRefused(name: string, own: readonly string[]): string {
  const wanted = name.trim();
  if (wanted === '') return 'It needs a name.';
  if ([...wanted].length > NAME_CHARS) return `A name has at most ${NAME_CHARS} characters.`;
  if (UNSEEN.test(wanted)) return 'The name holds a character that cannot be seen. Type it, rather than paste it.';
  const lower = wanted.toLowerCase();
  if ([...CATEGORY_NAMES, UNCLASSIFIED].some((taken) => taken.toLowerCase() === lower)) return 'The page has this category already.';
  if (own.some((taken) => taken.toLowerCase() === lower)) return 'You have this category already.';
  return '';
}
