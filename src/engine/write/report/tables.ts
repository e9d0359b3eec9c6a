import { DECIDERS } from '../../../contract/verdict.ts';
import { NO_FILTER } from '../../../contract/view.ts';
import type { Headline } from '../../summary/headline.ts';
import { matrixOf } from '../../summary/matrix.ts';
import { scopeOf } from '../../summary/scope.ts';
import { NOTHING, html } from './html.ts';
import type { Markup } from './html.ts';
import { chip, note, numberCell, plural, section, sourceName } from './parts.ts';
import type { Page } from './parts.ts';

/** Sources, those with most problems first, by category. */
export function sources(page: Page): Markup {
  const { data, words } = page;
  const matrix = matrixOf(data, scopeOf(data, NO_FILTER));
  if (matrix.sourceCount < 2) return NOTHING;
  const rows = matrix.others === null ? matrix.rows : [...matrix.rows, matrix.others];
  const codes = [...data.verdicts.labels.keys()].filter((code) => rows.some(({ byLabel }) => byLabel[code] > 0));
  const body = rows.map((row) => html`<tr><td class="name">${row.source < 0 ? `${plural(page, matrix.otherCount, 'other')}` : sourceName(page, data.cells.sources[row.source])}</td><td class="n">${words.count(row.total)}</td>${row.problems > 0 ? html`<td class="n bad">${words.count(row.problems)}</td>` : numberCell(page, 0)}${codes.map((code) => numberCell(page, row.byLabel[code]))}</tr>`);
  return section('Sources',
    html`<div class="wide" tabindex="0" role="region" aria-label="Sources by category"><table><thead><tr><th>Source</th><th class="n">Entries</th><th class="n">Problems</th>${codes.map((code) => html`<th class="n" title="${words.visible(data.verdicts.labels[code])}"><span class="c${code}"><span class="sign">${words.letterOf(data.verdicts.labels[code])}</span></span></th>`)}</tr></thead><tbody>${body}</tbody></table></div>`,
    html`<p class="legend">${codes.map((code) => chip(page, code))}</p>`);
}

const WHO: Readonly<Record<(typeof DECIDERS)[number], string>> = {
  person: 'A person, by correcting or confirming its pattern', rule: 'A rule, exact for every entry', model: 'The models, sure enough together', llm: 'A language model on this computer', none: 'Nobody was sure enough: Unclassified',
};

export function deciders(page: Page, { totals }: Headline): Markup {
  const { words } = page;
  const rows = DECIDERS.flatMap((who, at) => (totals.byDecider[at] === 0 ? [] : [html`<tr><td>${WHO[who]}</td><td class="n">${words.count(totals.byDecider[at])}</td><td class="n">${words.share(totals.byDecider[at], totals.rows)}</td></tr>`]));
  return section('Who decided', html`<table><thead><tr><th>Decided by</th><th class="n">Entries</th><th class="n">Share</th></tr></thead><tbody>${rows}</tbody></table>`, languageModel(page), spotCheck(page));
}

function languageModel({ manifest: { decisions: { languageModel: model } }, words, hide }: Page): Markup {
  if (model === null) return NOTHING;
  const trial = model.trial === null ? 'It was not tried on known lines.'
    : `On ${words.count(model.trial.lines)} known lines it was right ${words.count(model.trial.llm)} times, the nearest example ${words.count(model.trial.neighbour)}, the vote ${words.count(model.trial.vote)}.`;
  const counts = model.believed ? `It decided ${words.count(model.decided)} of the ${words.count(model.asked)} patterns that it was asked about${model.trusted ? ', since the person wanted its answers to count' : ''}.` : `Its answers to ${words.count(model.asked)} patterns decided nothing.`;
  const routed = model.routed.length === 0 ? '' : ` Asked before the vote for: ${model.routed.map((name) => words.visible(hide(name))).join(', ')}.`;
  return note(`Language model on this computer: ${words.visible(model.name)}. ${trial} ${counts}${routed}`);
}

function spotCheck({ manifest, words }: Page): Markup {
  const check = manifest.spotCheck;
  if (check === null) return note('No spot check was made of these verdicts.');
  const percent = (share: number): string => `${Math.round(100 * share)}`;
  return note(`Spot check: correct ${words.count(check.correct)} of ${words.count(check.judged)}, which means ${percent(check.low)}–${percent(check.high)} % of all entries (95 % interval; rows drawn at random, judged by a person on ${check.date.slice(0, 10)}).`);
}
