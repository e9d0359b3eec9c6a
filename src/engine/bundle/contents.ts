import type { Bundle } from './bundle.ts';

/** One kind of thing in a bundle, in words for the person who is about to hand it on. */
export interface ContentLine {
  readonly what: string;
  /** Null for a setting. */
  readonly count: number | null;
  /** What there is to know of it; '' if nothing. */
  readonly detail: string;
  /** It holds text as it stands in a log, not masked. */
  readonly raw: boolean;
}

const NAMED_MAX = 6;

/** What a bundle holds, kind by kind, those that are there. */
export function contentsOf({ lessons, categories, rules, models, verdicts, spotCheck, examples, threshold }: Bundle): ContentLine[] {
  const confirmed = lessons.filter(({ how }) => how === 'confirmed').length;
  const lines: ContentLine[] = [
    { what: 'Corrected patterns', count: lessons.length - confirmed, detail: 'masked text, log level and the category you chose', raw: false },
    { what: 'Confirmed patterns', count: confirmed, detail: 'masked text, log level and the category that you said is right', raw: false },
    { what: 'Own categories', count: categories.length, detail: named(categories.map(({ name }) => name)), raw: false },
    { what: 'Own rules', count: rules.own.length, detail: `expressions as you wrote them: ${named(rules.own.map(({ pattern }) => cut(pattern)))}`, raw: false },
    { what: 'Built-in rules switched off', count: rules.off.length, detail: named(rules.off), raw: false },
    { what: 'Parts of patterns told apart', count: rules.splits.length, detail: 'with the values or messages that tell them apart, as they stand in the log', raw: true },
    { what: 'Added models', count: models.length, detail: named(models.map(({ name }) => name)), raw: false },
    { what: 'Verdicts of models', count: verdicts.length, detail: 'masked text, category and confidence, so that the same lines get the same labels elsewhere', raw: false },
    { what: 'Result of the spot check', count: spotCheck === null ? 0 : 1, detail: spotCheck === null ? '' : `${spotCheck.correct} of ${spotCheck.judged} right`, raw: false },
    { what: 'Raw example lines', count: examples.length, detail: 'lines as they stand in the log', raw: true },
  ];
  return [...lines.filter(({ count }) => count !== 0), { what: `Sure enough from ${threshold.toFixed(2)}`, count: null, detail: '', raw: false }];
}

/** Room for what an expression is about. */
const EXPRESSION_MAX = 40;

function cut(expression: string): string {
  return expression.length > EXPRESSION_MAX ? `${expression.slice(0, EXPRESSION_MAX)}…` : expression;
}

function named(names: readonly string[]): string {
  const more = names.length - NAMED_MAX;
  return names.slice(0, NAMED_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
