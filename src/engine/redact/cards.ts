import type { Span } from './span.ts';
import type { Traits } from './traits.ts';

const SHORTEST = 13;
const LONGEST = 19;
/** Runs of digits joined by single spaces or hyphens. */
const RUN = /\d+(?:[ -]\d+)*/g;
/** Groups as cards are printed: none is longer, and there are no more of them. */
const LONGEST_GROUP = 8;
const MOST_GROUPS = 7;

/**
 * Numbers of payment cards: 13 to 19 digits that pass the Luhn check (ISO/IEC 7812-1), in one piece or in groups with single
 * spaces or hyphens between. One in ten other numbers of that length passes too, and is taken for a card; a time in milli-,
 * micro- or nanoseconds is not: card numbers of 13, 16 or 19 digits do not begin with 1.
 */
export function findCards(text: string, found: Span[], traits: Traits): void {
  if (traits.digits < SHORTEST) return;
  for (const match of text.matchAll(RUN)) {
    if (match[0].length < SHORTEST) continue;
    const groups = [...match[0].matchAll(/\d+/g)].map((group) => ({ start: match.index + group.index, digits: group[0] }));
    for (const { start, digits } of groups) if (isCard(digits)) found.push({ start, end: start + digits.length, kind: 'card', value: digits });
    if (groups.length > 1) grouped(text, groups, found);
  }
}

interface Group {
  readonly start: number;
  readonly digits: string;
}

/** All windows of few whole groups; each begins at most MOST_GROUPS of them. */
function grouped(text: string, groups: readonly Group[], found: Span[]): void {
  for (let first = 0; first < groups.length; first++) {
    const { start } = groups[first];
    if (isLetter(text, start - 1)) continue;
    let digits = '';
    for (let last = first; last < groups.length && last < first + MOST_GROUPS; last++) {
      const group = groups[last].digits;
      if (group.length > LONGEST_GROUP) break;
      if (last > first + 1 && text[groups[last].start - 1] !== text[groups[first + 1].start - 1]) break;
      digits += group;
      if (digits.length > LONGEST) break;
      const end = groups[last].start + group.length;
      if (last > first && isPrinted(digits, groups[first].digits.length) && isCard(digits) && !isLetter(text, end)) found.push({ start, end, kind: 'card', value: digits });
    }
  }
}

/** Lengths of the numbers that networks issue, by first digit: in groups other numbers of a log (a date and a time, columns of counts) look the same. */
const ISSUED: Readonly<Record<string, readonly number[]>> = { 2: [16], 3: [14, 15, 16], 4: [13, 16, 19], 5: [13, 14, 15, 16, 17, 18, 19], 6: [13, 14, 15, 16, 17, 18, 19] };

function isPrinted(digits: string, firstGroup: number): boolean {
  return firstGroup >= 2 && ISSUED[digits[0]]?.includes(digits.length) === true;
}

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 32;
  return code >= 97 && code <= 122;
}

function isCard(digits: string): boolean {
  if (digits.length < SHORTEST || digits.length > LONGEST) return false;
  if (digits[0] === '1' && (digits.length === 13 || digits.length === 16 || digits.length === 19)) return false;
  return passesLuhn(digits) && /[1-9]/.test(digits);
}

/** The check digit of ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, twice = false; at >= 0; at--, twice = !twice) {
    const digit = digits.charCodeAt(at) - 48;
    sum += twice ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return sum % 10 === 0;
}
