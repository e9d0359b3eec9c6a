import { Stamps } from '../engine/read/stamps.ts';

/** Characters [from, to) of a line, in UTF-16 units. */
export interface Token {
  readonly from: number;
  readonly to: number;
  /** Nothing but spaces. */
  readonly space: boolean;
}

/** Lines are marked in their first part only. */
export const MARKED_CHARS = 1000;

/** The pieces of a line that a person can mark one by one: words, numbers, signs, spaces, and each time stamp as one piece. */
export function lineTokens(line: string): Token[] {
  const tokens: Token[] = [];
  const stamps = new Stamps(2000, false);
  const encoder = new TextEncoder();
  const piece = /[\p{L}_]+|\p{N}+|\s+|./gsu;
  for (let match = piece.exec(line); match !== null; match = piece.exec(line)) {
    const from = match.index;
    const word = /^[\p{L}\p{N}]/u.test(match[0]);
    const bytes = word ? encoder.encode(line.slice(from, from + 64)) : new Uint8Array(0);
    if (word) stamps.at(bytes, 0, bytes.length);
    const stamp = word && stamps.end > match[0].length ? new TextDecoder().decode(bytes.subarray(0, stamps.end)).length : 0;
    const to = from + Math.max(stamp, match[0].length);
    piece.lastIndex = to;
    tokens.push({ from, to, space: match[0].trim() === '' });
  }
  return tokens;
}
