/** Escapes whose letters and digits stand before a value as if they were part of it: "\\n10.0.0.1", "%3D10.0.0.1". */
const ESCAPED = /\\[abfnrtv0]|%(?:25)*(?:0[9ad]|2[0267c]|3[abcdef]|5[bd]|7[bd])/gi;

/**
 * The text with escaped blanks and signs as such, everything else in its place: what is found in it stands at the same offsets. The
 * very same where nothing is escaped.
 */
export function unescaped(text: string): string {
  if (!text.includes('\\') && !text.includes('%')) return text;
  return text.replaceAll(ESCAPED, (escape) => {
    const sign = escape[0] === '%' ? String.fromCharCode(parseInt(escape.slice(-2), 16)) : ' ';
    return (sign < ' ' ? ' ' : sign).padStart(escape.length);
  });
}
