import { LEVELS } from '../../../contract/level.ts';
import { DECIDERS } from '../../../contract/verdict.ts';
import { NOTHING, html } from './html.ts';
import type { Markup } from './html.ts';
import { chip, note, plural, section } from './parts.ts';
import type { Page } from './parts.ts';

const MOST_PROBLEMS = 25;
const MOST_COMPARED = 15;
const MOST_OPEN = 10;
/** Of a text that is shown. */
const LONGEST_TEXT = 600;

/** The patterns that count as problems, those with most entries first. */
export function problemPatterns(page: Page): Markup {
  const { table, verdicts } = page.data;
  const found = byRows(page, (pattern) => verdicts.problem[pattern] === 1);
  if (found.length === 0) return NOTHING;
  const rest = found.slice(MOST_PROBLEMS).reduce((sum, pattern) => sum + table.rows[pattern], 0);
  return section('Problems by pattern', list(found.slice(0, MOST_PROBLEMS).map((pattern) => item(page, pattern))),
    note(rest === 0 ? '' : `${plural(page, found.length - MOST_PROBLEMS, 'further pattern')} with ${plural(page, rest, 'entry', 'entries')} are not listed.`));
}

/** What is new or more frequent than in the log that this one is compared with. */
export function comparedPatterns(page: Page): Markup {
  const { compared, words } = page;
  if (compared === null) return NOTHING;
  const title = `New or more frequent than in ${words.visible(compared.name)}`;
  if (compared.patterns.length === 0) return section(title, note('Nothing is new or clearly more frequent.'));
  return section(title, list(compared.patterns.slice(0, MOST_COMPARED).map(({ pattern, change }) => item(page, pattern, change))));
}

/** The largest patterns that nobody was sure of. */
export function openPatterns(page: Page): Markup {
  const { verdicts } = page.data;
  const found = byRows(page, (pattern) => verdicts.unsure[pattern] !== 0);
  return found.length === 0 ? NOTHING : section('Largest Unclassified patterns', list(found.slice(0, MOST_OPEN).map((pattern) => item(page, pattern))));
}

function byRows({ data: { table } }: Page, fits: (pattern: number) => boolean): number[] {
  const found: number[] = [];
  for (let pattern = 0; pattern < table.count; pattern++) if (table.rows[pattern] > 0 && fits(pattern)) found.push(pattern);
  return found.sort((a, b) => table.rows[b] - table.rows[a] || table.firstRow[a] - table.firstRow[b]);
}

function list(items: readonly Markup[]): Markup {
  return html`<ul class="patterns">${items}</ul>`;
}

function item(page: Page, pattern: number, change = ''): Markup {
  const { words, examples, data: { table, verdicts } } = page;
  const code = verdicts.label[pattern];
  const when = words.span(table.firstTime[pattern], table.lastTime[pattern]);
  const level = LEVELS[table.level[pattern]];
  const who = DECIDERS[verdicts.decider[pattern]];
  return html`<li class="c${code}"><p class="top"><b>${words.count(table.rows[pattern])}</b>${chip(page, code)}${change === '' ? NOTHING : html`<strong>${change}</strong>`}${when === '' ? NOTHING : html`<span>${when}</span>`}${level === '' ? NOTHING : html`<span>log says ${level}</span>`}${who === 'none' ? NOTHING : html`<span>decided by ${who}</span>`}</p><code class="mono">${cut(words.visible(page.hide(table.texts[pattern])))}</code>${examples ? html`<code class="mono raw">${cut(words.visible(page.hide(table.examples[pattern])))}</code>` : NOTHING}<p class="why">${words.visible(page.hide(page.reason(pattern)))}</p></li>`;
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
