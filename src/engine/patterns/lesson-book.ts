import type { Rule } from '../../contract/rule.ts';
import type { Lesson } from '../../contract/teach.ts';

/** No lesson. */
export const UNTAUGHT = -1;

/** Finds the lesson that a key is part of. Of lessons that name the same key, the later one counts. */
export class LessonBook {
  private readonly byKey = new Map<string, number>();
  private readonly labels: readonly string[];
  private readonly rules: readonly Rule[];

  /** @param rules those that rule numbers of keys stand for */
  constructor(lessons: readonly Lesson[], rules: readonly Rule[]) {
    this.rules = rules;
    this.labels = lessons.map(({ label }) => label);
    lessons.forEach((lesson, index) => {
      for (const { text, level, http, rule } of lesson.keys) this.byKey.set(nameOf(text, level, http, rule), index);
    });
  }

  /** Index of the lesson that names the key: with its very rule (-1: none), or else whatever the rule; UNTAUGHT if none does. */
  find(text: string, level: number, http: number, rule: number): number {
    if (this.byKey.size === 0) return UNTAUGHT;
    const by = rule < 0 ? undefined : this.rules[rule];
    const exact = this.byKey.get(nameOf(text, level, http, by?.id ?? ''));
    if (exact !== undefined) return exact;
    // What a split was labelled as is newer than what was said of the whole.
    if (by?.origin === 'split' && by.label !== '') return UNTAUGHT;
    return this.byKey.get(nameOf(text, level, http, null)) ?? UNTAUGHT;
  }

  /** Whether keys of these lessons (or UNTAUGHT) may be of one pattern. */
  agree(one: number, other: number): boolean {
    return one === UNTAUGHT || other === UNTAUGHT || this.labels[one] === this.labels[other];
  }
}

/** One string per key; `rule` '' = none, null = whatever rule. */
export function nameOf(text: string, level: number, http: number, rule: string | null): string {
  return rule === null ? `${level} ${http} * ${text}` : `${level} ${http} =${rule} ${text}`;
}
