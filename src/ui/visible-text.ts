/**
 * Control characters (C0, DEL, C1) and the marks that reorder or hide text (bidirectional controls, zero-width
 * characters, line and paragraph separators): a log may use them to make a line look like another.
 */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Names of the C0 controls (ECMA-48); few fonts have the pictures that Unicode offers for them. */
const C0 = 'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ');

/** Text of a log as it may be shown: nothing in it acts on the page, nothing in it is invisible. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0);
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
