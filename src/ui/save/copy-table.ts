import { visibleText } from '../visible-text.ts';

/** A table as Markdown (GitHub Flavored Markdown, section 4.10): nothing in a cell can end it or act as markup. */
export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[], numbers: readonly number[] = []): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.map((cell) => markdownCell(String(cell))).join(' | ')} |`;
  const rule = `| ${head.map((_, at) => (numbers.includes(at) ? '---:' : '---')).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n') + '\n';
}

/** Pipes, and all that Markdown and the HTML within it would take for markup, by their escapes. */
export function markdownCell(text: string): string {
  return visibleText(text).replace(/[\\`*_[\]<>|~#&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : sign === '&' ? '&amp;' : `\\${sign}`));
}

/** Puts text on the clipboard; where the page may not, by selecting it. False where neither works. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.cssText = 'position: fixed; inset: 0 auto auto 0; opacity: 0;';
    // Within a dialog only what is part of it can be selected.
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}
