import type { ReportFacts, ReportWords } from './facts.ts';
import { NOTHING, html } from './html.ts';
import type { Markup } from './html.ts';

/** What the sections of a report are made of. */
export interface Page extends ReportFacts {
  readonly words: ReportWords;
}

/** Sign and name of a category; its class carries the colour. */
export function chip({ words, data }: Page, code: number): Markup {
  const label = data.verdicts.labels[code];
  return html`<span class="chip c${code}"><span class="sign" aria-hidden="true">${words.letterOf(label)}</span>${words.visible(label)}</span>`;
}

/** One rule per category: its colours, and black or white for the letter on them. */
export function colourRules({ words, data }: Page): string {
  return data.verdicts.labels.map((label, code) => {
    const { light, dark } = words.colourOf(label);
    if (![light, dark].every((colour) => /^#[0-9a-f]{6}$/i.test(colour))) return '';
    return `.c${code} { --c: light-dark(${light}, ${dark}); --ink: light-dark(${inkOn(light)}, ${inkOn(dark)}); }`;
  }).join('\n');
}

/** Relative luminance, WCAG 2.2. */
function inkOn(hex: string): string {
  const channel = (at: number): number => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return (0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) + 0.05) ** 2 > 1.05 * 0.05 ? '#000' : '#fff';
}

export function section(title: string, ...content: readonly Markup[]): Markup {
  return html`<section><h2>${title}</h2>\n${content}</section>`;
}

export function note(text: string): Markup {
  return text === '' ? NOTHING : html`<p class="note">${text}</p>`;
}

/** A number in its cell; nothing is shown for what is not there. */
export function numberCell({ words }: Page, n: number): Markup {
  return n === 0 ? html`<td class="n zero">–</td>` : html`<td class="n">${words.count(n)}</td>`;
}

export function sourceName({ words, hide }: Page, source: string): string {
  return source === '' ? '(no source)' : words.visible(hide(source));
}

/** "1 entry", "1,204 entries" */
export function plural({ words }: Page, n: number, one: string, many = `${one}s`): string {
  return `${words.count(n)} ${n === 1 ? one : many}`;
}
