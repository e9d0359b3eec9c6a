import { UNCLASSIFIED } from '../../../contract/category.ts';
import { NO_FILTER } from '../../../contract/view.ts';
import { headlineOf } from '../../summary/headline.ts';
import type { Headline } from '../../summary/headline.ts';
import { scopeOf } from '../../summary/scope.ts';
import { html } from './html.ts';
import type { Markup } from './html.ts';
import { chip, note, plural, section, sourceName } from './parts.ts';
import type { Page } from './parts.ts';

export function headline(page: Page): Headline {
  return headlineOf(page.data, scopeOf(page.data, NO_FILTER));
}

/** The sentence that stands first, and the figures under it. */
export function opening(page: Page, { totals, firstTime, lastTime, change }: Headline): Markup {
  const { words, manifest, data } = page;
  const unclassified = totals.rows - totals.byUnsure[0];
  const when = words.span(firstTime, lastTime);
  const none = `No problem found${unclassified > 0 ? `, but ${words.share(unclassified, totals.rows)} is Unclassified` : ''}.`;
  const source = change === null ? '' : data.cells.sources[change.source];
  const changed = change === null ? '' : ` Biggest change: ${source === '' ? 'problems' : sourceName(page, source)}, ${words.count(change.before)} → ${words.count(change.inside)} ${since(page, change.first, firstTime, lastTime)}.`;
  const open = totals.rows - totals.final;
  return html`<h1>${plural(page, totals.rows, 'entry', 'entries')}${when === '' ? '.' : `, ${when}.`} <span class="${totals.problems > 0 ? 'bad' : ''}">${totals.problems > 0 ? `${words.share(totals.problems, totals.rows)} problems.` : none}</span>${changed}</h1>
<p class="files">${manifest.inputs.map(({ name, member, bytes }) => `${words.visible(member === '' ? name : `${name} › ${member}`)} (${words.bytes(bytes)})`).join(', ')}</p>
<dl class="figures">
<div><dt>Entries</dt><dd>${words.count(totals.rows)}<small>${manifest.lines === totals.rows ? 'one a line' : `of ${plural(page, manifest.lines, 'line')}`}</small></dd></div>
<div><dt>Problems</dt><dd class="${totals.problems > 0 ? 'bad' : ''}">${words.count(totals.problems)}<small>${words.share(totals.problems, totals.rows)} of entries</small></dd></div>
<div><dt>Patterns</dt><dd>${words.count(totals.patterns)}<small>of equal or like lines</small></dd></div>
<div><dt>Unclassified</dt><dd>${words.count(unclassified)}<small>${words.share(unclassified, totals.rows)} of entries</small></dd></div>
<div><dt>Not read as expected</dt><dd>${words.count(manifest.unread.count)}<small>${manifest.unread.count === 0 ? 'every line was read' : 'kept, and listed in the manifest'}</small></dd></div>
</dl>
${note(!manifest.complete || open > 0 ? `Not final: ${plural(page, open, 'entry', 'entries')} may still get another category.` : '')}`;
}

function since({ words, data }: Page, bin: number, firstTime: number, lastTime: number): string {
  const { axis } = data.cells;
  const at = axis.start + bin * axis.width;
  return axis.kind === 'row' ? `from entry ${words.count(at + 1)}` : `from ${words.timeWriter(firstTime, lastTime, axis.width)(at)}`;
}

const UNSURE: readonly (readonly [at: number, why: string])[] = [
  [1, 'not sure enough: the best guess stays below the threshold'], [2, 'unlike anything that the models know'], [3, 'no content: no letters or digits'], [4, 'not decided when this was saved'],
];

/** Entries by category, and why some have none. */
export function categories(page: Page, { totals }: Headline): Markup {
  const { words, data } = page;
  const codes = [...data.verdicts.labels.keys()].filter((code) => totals.byLabel[code] > 0).sort((a, b) => totals.byLabel[b] - totals.byLabel[a]);
  const most = Math.max(1, ...codes.map((code) => totals.byLabel[code]));
  const rows = codes.map((code) => html`<tr><td>${chip(page, code)}</td><td class="n">${words.count(totals.byLabel[code])}</td><td class="n">${words.share(totals.byLabel[code], totals.rows)}</td><td class="n">${words.count(totals.patternsByLabel[code])}</td><td class="bar c${code}"><svg viewBox="0 0 100 8" height="8" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(0.5, (100 * totals.byLabel[code]) / most).toFixed(2)}" height="8" rx="1" fill="var(--c)"/></svg></td></tr>`);
  const why = UNSURE.filter(([at]) => totals.byUnsure[at] > 0).map(([at, words_]) => `${words.count(totals.byUnsure[at])} ${words_}`).join('; ');
  const security = data.verdicts.labels.indexOf('Security Alert');
  return section('Categories',
    html`<table><thead><tr><th>Category</th><th class="n">Entries</th><th class="n">Share</th><th class="n">Patterns</th><th class="bar"><span class="unseen">Bar</span></th></tr></thead><tbody>${rows}</tbody></table>`,
    note(security >= 0 && totals.byLabel[security] > 0 ? 'Security Alert: security-relevant lines, not confirmed incidents.' : ''),
    note(why === '' ? '' : `${UNCLASSIFIED}: ${why}.`));
}
