import type { KeyId, Lesson } from '../../contract/teach.ts';

/** What lessons say of each key, in a form that can be compared. */
export function answersOf(lessons: readonly Lesson[]): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const { keys, label, how, teaches } of lessons) for (const key of keys) answers.set(nameOf(key), JSON.stringify([label, how, teaches]));
  return answers;
}

/** Patterns about which something was said, or taken back, that the saved answers do not hold; none where nothing is said: then nothing can be lost. */
export function unsavedCount(saved: ReadonlyMap<string, string>, lessons: readonly Lesson[]): number {
  if (lessons.length === 0) return 0;
  const now = answersOf(lessons);
  const said = lessons.filter(({ keys }) => keys.some((key) => now.get(nameOf(key)) !== saved.get(nameOf(key)))).length;
  const takenBack = [...saved.keys()].filter((key) => !now.has(key)).length;
  return said + takenBack;
}

function nameOf({ text, level, http, rule }: KeyId): string {
  return JSON.stringify([text, level, http, rule]);
}
