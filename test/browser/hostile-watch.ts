import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Text of a log that would act on a page, hide or reorder what stands beside it, or do so in a terminal. */
export const TAG = '<img src=x onerror="window.owned=1"><b id=injected>bold</b><script>window.owned=1</script><svg onload=window.owned=1>';
export const ANSI = '\u001b[2J\u001b[31mred\u001b[0m\u0007\u009b1m\u007f';
export const BIDI = '\u202egnp.exe\u202c \u2066hidden\u2069 zero\u200bwidth\u{e0041}\ufeff\u2028\u061c\u00ad';

/** What may never be shown as it is: controls, marks that reorder or hide, tags, line separators. Joiners and emoji's variation selectors may. */
const UNSEEN = String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]`;

/**
 * Looks at everything that the page ever shows, for however short a time: text, attributes, values of fields, words on a canvas, the title
 * and what is put on the clipboard; and at the elements that there are.
 */
const WATCH = String.raw`(() => {
  const unseen = new RegExp(${JSON.stringify(UNSEEN)}, 'u');
  const found = new Set();
  const bad = (where, text) => { if (unseen.test(text)) found.add(where + ': ' + JSON.stringify(text.slice(0, 300)) + ' ' + escape(unseen.exec(text)[0])); };
  const FOREIGN = new Set(['IMG', 'SAMP', 'MARQUEE', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'VIDEO', 'U', 'I']);
  const element = (one) => {
    if (FOREIGN.has(one.tagName) || one.id === 'injected' || (one.tagName === 'SCRIPT' && one.src === '')) found.add('element: ' + one.outerHTML.slice(0, 200));
    for (const { name, value } of one.attributes) {
      if (/^on/.test(name)) found.add('handler: ' + one.outerHTML.slice(0, 200));
      if (name !== 'name' && name !== 'id') bad(one.tagName + ' ' + name, value);
    }
    if ('value' in one && typeof one.value === 'string' && one.type !== 'file') bad(one.tagName + ' value', one.value);
  };
  const visit = (node) => {
    if (node.nodeType === 3) return bad('text in ' + (node.parentElement ? node.parentElement.outerHTML.slice(0, 120) : ''), node.data);
    if (node.nodeType !== 1) return;
    element(node);
    node.childNodes.forEach(visit);
  };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'childList') addedNodes.forEach(visit);
      else if (target.nodeType === 3) visit(target);
      else element(target);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const painted = new Set();
  for (const name of ['fillText', 'strokeText']) {
    const paint = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (text, ...rest) { painted.add(String(text)); bad('canvas', String(text)); return paint.call(this, text, ...rest); };
  }
  const copied = [];
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { copied.push(text); bad('clipboard', text); } } });
  window.hostile = { painted, copied, report: () => { visit(document.documentElement); bad('title', document.title); if ('owned' in window) found.add('a script ran'); return [...found]; } };
})();`;

export async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: WATCH });
}

/** Nothing that the page has shown so far is hidden, acts or is an element of the log's. */
export async function expectOnlyText(page: Page, where: string): Promise<void> {
  expect(await page.evaluate('window.hostile.report()'), where).toEqual([]);
}

export async function painted(page: Page): Promise<readonly string[]> {
  return page.evaluate('[...window.hostile.painted]');
}

export async function copied(page: Page): Promise<readonly string[]> {
  return page.evaluate('window.hostile.copied');
}
