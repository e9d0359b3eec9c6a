import { CATEGORY_NAMES, UNCLASSIFIED } from '../../src/contract/category.ts';
import type { Interval } from '../../src/engine/train/bootstrap.ts';
import type { EvalSet } from './eval-set.ts';
import type { Figures } from './figures.ts';
import { SURE, figuresOf, majorityOf, risksOf, scoreOf } from './figures.ts';
import type { Opinion } from './opinion.ts';
import { share, table } from './table.ts';
import type { Truths } from './truths.ts';
import { ofPatterns } from './truths.ts';

/** [times that both labellers gave the same label, messages] by category: nobody can be righter than that on average. */
export type Agreement = Readonly<Record<string, readonly [number, number]>>;

/** Everything about one set, the figures that matter most first. */
export function printSet(set: EvalSet, threshold: number, agreement?: Agreement): void {
  const { title, page, vote, byPattern, byLine } = set;
  const patterns = new Set(byPattern.pattern).size;
  const lines = byLine === null ? '' : `, ${byLine.weight.reduce((a, b) => a + b, 0)} lines`;
  console.log(`\n━━━ ${title}: ${set.groups.length} ${set.groupName[1]}, ${patterns} patterns${lines}, threshold ${threshold}`);
  printClassifiers('Classifiers, by pattern', set, byPattern, threshold);
  if (byLine !== null) printClassifiers('Classifiers, by line', set, byLine, threshold);
  printGroups(set, threshold);
  for (const [view, truths] of views(set)) printCategories(`Categories, by ${view}`, [page, vote], truths, agreement);
  for (const [view, truths] of views(set)) printRisks(`Risk and coverage, by ${view}: the surest answers first, with the confidence reached and the share of them that is wrong`, [page, vote], truths);
  for (const [view, truths] of views(set)) for (const one of [page, vote]) printConfusion(`${capital(one.name)}, by ${view}, at the threshold`, one, truths, threshold);
}

/** The classifiers and the categories alone. */
export function printSummary({ title, ...set }: EvalSet, threshold: number): void {
  console.log(`\n━━━ ${title}: ${set.groups.length} ${set.groupName[1]}, ${set.byPattern.truth.length} patterns, threshold ${threshold}`);
  printClassifiers('Classifiers', { ...set, title }, set.byPattern, threshold);
  printCategories('Categories', [set.page, set.vote], set.byPattern);
}

export const LEGEND = `accuracy, macro-F1: of the likeliest category, whatever its confidence; macro-F1 over the categories that occur. [95 %]: percentile bootstrap,
  1000 samples of patterns with all their lines. calib.: expected calibration error, 10 bins of equal mass. covered: share answered at or above
  the threshold; right: of those. strict: an answer below the threshold is Unclassified, and wrong unless that is the label.
  ≥ ${SURE}: answers that sure, and how many of them are right. classic: plain MiniLM, logistic regression, forest and naive Bayes with scikit-learn's
  defaults (trees on entropy, not Gini), fitted on the same corpus.`;

function views({ byPattern, byLine }: EvalSet): (readonly [string, Truths])[] {
  return byLine === null ? [['pattern', byPattern]] : [['pattern', byPattern], ['line', byLine]];
}

/** By line with the mean over the groups and the worst one, since one long log would drown the others. */
function printClassifiers(title: string, set: EvalSet, truths: Truths, threshold: number): void {
  const over = truths === set.byLine && set.groups.length > 1;
  const all = [set.page, set.vote, ...set.others, majorityOf(truths)];
  const head = ['classifier', 'accuracy', '[95 %]', 'macro-F1', '[95 %]', 'calib.', 'covered', 'right', 'strict', `≥ ${SURE}`, 'right', ...(over ? [`mean of ${set.groupName[1]}`, 'worst', ''] : [])];
  console.log(`\n${title}\n${table(head, all.map((opinion) => [...cells(figuresOf(opinion, truths, threshold, true)), ...(over ? spread(set, opinion, truths, threshold) : [])]))}`);
}

function cells(figures: Figures): string[] {
  const { name, accuracy, accuracyRange, macroF1, macroF1Range, calibrationError, coverage, answeredRight, strict, sure, sureRight } = figures;
  return [name, share(accuracy), range(accuracyRange), share(macroF1), range(macroF1Range), share(calibrationError), share(coverage), share(answeredRight), share(strict), String(sure), share(sureRight)];
}

function range(interval: Interval | null): string {
  return interval === null ? '' : `[${interval.map((end) => end.toFixed(3)).join(', ')}]`;
}

/** Mean accuracy of the groups, the lowest, and whose that is. */
function spread(set: EvalSet, opinion: Opinion, truths: Truths, threshold: number): string[] {
  const each = groupsOf(set, truths).map(({ name, own }) => ({ name, accuracy: figuresOf(opinion, own, threshold).accuracy }));
  const worst = each.reduce((low, one) => (one.accuracy < low.accuracy ? one : low));
  return [share(each.reduce((sum, { accuracy }) => sum + accuracy, 0) / each.length), share(worst.accuracy), worst.name];
}

/** Groups that have something to score. */
function groupsOf({ groups, groupOf }: EvalSet, truths: Truths): { name: string; own: Truths }[] {
  return groups.map((name, group) => ({ name, own: ofPatterns(truths, (pattern) => groupOf[pattern] === group) })).filter(({ own }) => own.truth.length > 0);
}

/** Accuracy of what matters in each log, family or language. */
function printGroups(set: EvalSet, threshold: number): void {
  const compared = [set.page, set.vote, ...set.others.filter(({ name }) => name === 'classic: rules, then majority' || name === 'rules alone')];
  const head = [set.groupName[0], '', ...compared.map(({ name }) => name.split(':')[0]), '| macro-F1', 'calib.', 'covered', 'right', 'strict', `≥ ${SURE}`, 'right'];
  for (const [view, truths] of views(set)) {
    const rows = groupsOf(set, truths).map(({ name, own }) => {
      const page = figuresOf(set.page, own, threshold);
      return [name, String(page.items), ...compared.map((opinion) => share(figuresOf(opinion, own, threshold).accuracy)),
        share(page.macroF1), share(page.calibrationError), share(page.coverage), share(page.answeredRight), share(page.strict), String(page.sure), share(page.sureRight)];
    });
    console.log(`\nEach ${set.groupName[0]}, by ${view}: accuracy | and of the page\n${table(head, rows)}`);
  }
}

function printCategories(title: string, opinions: readonly Opinion[], truths: Truths, agreement?: Agreement): void {
  const scores = opinions.map((opinion) => scoreOf(opinion, truths).perClass);
  const head = ['category', 'support', ...opinions.flatMap(({ name }) => [`| ${name.split(':')[0]}: precision`, 'recall', 'F1']), ...(agreement ? ['| labellers agreed'] : [])];
  const rows = [...CATEGORY_NAMES, UNCLASSIFIED].flatMap((name, category) => {
    if (scores[0][category].support === 0) return [];
    const [agreed, labelled] = agreement?.[name] ?? [NaN, NaN];
    const figures = scores.flatMap(({ [category]: { precision, recall, f1 } }) => [precision, recall, f1].map((value) => share(value)));
    return [[name, String(scores[0][category].support), ...figures, ...(agreement ? [share(agreed / labelled)] : [])]];
  });
  console.log(`\n${title}, of the likeliest category\n${table(head, rows)}`);
}

function printRisks(title: string, opinions: readonly Opinion[], truths: Truths): void {
  const each = opinions.map((opinion) => risksOf(opinion, truths));
  const rows = each[0].map(({ coverage }, at) => [`${Math.round(coverage * 100)} %`, ...each.flatMap(({ [at]: point }) => [share(point.confidence), share(point.error)])]);
  console.log(`\n${title}\n${table(['covered', ...opinions.flatMap(({ name }) => [`| ${name.split(':')[0]}: confidence`, 'wrong'])], rows)}`);
}

function printConfusion(title: string, opinion: Opinion, truths: Truths, threshold: number): void {
  const { confusion } = scoreOf(opinion, truths, threshold);
  const names = [...CATEGORY_NAMES, UNCLASSIFIED];
  const short = (name: string): string => name.replace(/[a-z]+/g, (word) => word.slice(0, 3)).replace(' ', '');
  const rows = names.flatMap((name, truth) => (confusion[truth].some((count) => count > 0) ? [[name, ...names.map((_, said) => String(confusion[truth][said] || '·'))]] : []));
  console.log(`\n${title} (down: label, across: verdict)\n${table(['', ...names.map(short)], rows)}`);
}

function capital(name: string): string {
  return name[0].toUpperCase() + name.slice(1);
}
