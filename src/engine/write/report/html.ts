/** HTML that was made here, as opposed to text. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Markup | readonly Markup[];

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it stands between tags and in quoted attributes (HTML Standard, section 13.1). */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => NAMES[sign]);
}

/** A template of HTML: whatever is put into it is text, and is escaped, unless a template made it. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.reduce((all, part, at) => all + (at === 0 ? '' : rendered(contents[at - 1])) + part, ''));
}

export const NOTHING = new Markup('');

function rendered(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content));
  return content.map(({ text }) => text).join('\n');
}
