import type { ReportFacts, ReportWords } from './facts.ts';
import { Markup, html } from './html.ts';
import { made } from './made.ts';
import { categories, headline, opening } from './overview.ts';
import { colourRules } from './parts.ts';
import type { Page } from './parts.ts';
import { comparedPatterns, openPatterns, problemPatterns } from './patterns.ts';
import { REPORT_STYLE } from './style.ts';
import { deciders, sources } from './tables.ts';
import { timeline } from './timeline.ts';

/** Nothing but the file's own style is allowed, whatever text of a log might try. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The report: one HTML file that needs no script and loads nothing. All text of the log is escaped, and what cannot be seen in it is
 * made visible. Without `examples` it holds masked patterns only.
 */
export function writeReport(facts: ReportFacts, words: ReportWords): string {
  const page: Page = { ...facts, words };
  const first = headline(page);
  const title = `Report on ${facts.manifest.inputs.length === 1 ? words.visible(facts.manifest.inputs[0].name) : `${words.count(facts.manifest.inputs.length)} files`}`;
  const body = [opening(page, first), timeline(page), categories(page, first), comparedPatterns(page), problemPatterns(page), sources(page), openPatterns(page), deciders(page, first), made(page)];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(REPORT_STYLE + colourRules(page))}</style>
</head>
<body>
<header class="kicker"><strong>Log report</strong><span>${facts.manifest.createdAt.slice(0, 16).replace('T', ' ')} UTC · ${facts.manifest.madeBy}</span></header>
<main>
${body}
</main>
<footer>${facts.examples ? 'Holds masked patterns and raw examples of them as they stand in the log.' : 'Holds masked patterns only: numbers, ids, addresses, paths and quoted values are replaced; other words stay as they are.'}</footer>
</body>
</html>
`.text;
}
