/**
 * Control characters (C0, DEL, C1), halves of characters and what reorders or hides text (bidirectional controls, zero-width
 * characters, tags, fillers, line and paragraph separators: all that Unicode lets a font draw as nothing): a log may use them to make
 * a line look like another, or to carry what nobody sees. Marks that are drawn stay, and so does the one that makes an emoji colourful.
 */
const UNSEEN = /(?![\ufe0e\ufe0f\u0600-\u0605\u06dd\u0890\u0891\u08e2])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?<=[\ufe00-\ufe0f])[\ufe0e\ufe0f]/gu;

/** Names of the C0 controls (ECMA-48); few fonts have the pictures that Unicode offers for them. */
const C0 = 'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ');

/** Text of a log as it may be shown: nothing in it acts on the page, nothing in it is invisible. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\t') return '→';
    if (character === '\n') return '↵';
    if (code < 0x20) return `‹${C0[code]}›`;
    if (code === 0x7f) return '‹DEL›';
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}

/** The same for a box with several lines: line ends stay. */
export function visibleLines(text: string): string {
  return text.split(/\r?\n/).map(visibleText).join('\n');
}
