import type { LearnFrom } from '../../contract/teach.ts';
import { textName } from '../classify/text-name.ts';

/**
 * A set of lessons in the one order that does not depend on the order in which they came: by key, then label. Lessons
 * that say the same of the same text are one; of those the one with a vector counts.
 */
export function inOrder(lessons: readonly LearnFrom[]): LearnFrom[] {
  const keyed = lessons.map((lesson) => ({ lesson, key: textName(lesson) }));
  keyed.sort((a, b) => compare(a.key, b.key) || compare(a.lesson.label, b.lesson.label) || compareVectors(a.lesson.vector, b.lesson.vector));
  return keyed.filter(({ key, lesson }, at) => at === 0 || key !== keyed[at - 1].key || lesson.label !== keyed[at - 1].lesson.label).map(({ lesson }) => lesson);
}

/** By code units, as everywhere and in every language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Those without a vector last. */
function compareVectors(a: Float32Array | null, b: Float32Array | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}
