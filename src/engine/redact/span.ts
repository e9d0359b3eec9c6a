import type { Traits } from './traits.ts';

/** What a stand-in says it stands for. */
const STAND_INS = ['ip', 'mac', 'email', 'token', 'card', 'own'] as const;
export type StandInKind = (typeof STAND_INS)[number];

/** A value to be replaced: text[start, end). */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: StandInKind;
  /** The value in the one form by which it is known again, e.g. a card number without its spaces. */
  readonly value: string;
}

/** Finds the values of one kind. Must be linear in the text. */
export type Finder = (text: string, found: Span[], traits: Traits) => void;

/** Whether a letter, digit or underscore stands at `at`; false beyond the text. */
export function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isDigitCode(code) || ((code | 32) >= 97 && (code | 32) <= 122) || code === 95;
}

export function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isHexCode(code: number): boolean {
  return isDigitCode(code) || ((code | 32) >= 97 && (code | 32) <= 102);
}

/** Which one names values that overlap: what a person asked for, then what is worth most to a thief. */
const RANK: Readonly<Record<StandInKind, number>> = { own: 5, token: 4, card: 3, email: 2, mac: 1, ip: 0 };

/** In order, and where values overlap one that covers them all, so that no end of one stays behind. */
export function mergeSpans(text: string, found: Span[]): Span[] {
  if (found.length < 2) return found;
  found.sort((a, b) => a.start - b.start || b.end - a.end || RANK[b.kind] - RANK[a.kind]);
  const merged: Span[] = [];
  for (const span of found) {
    const last = merged[merged.length - 1];
    if (last === undefined || span.start >= last.end) merged.push(span);
    else merged[merged.length - 1] = joined(text, last, span);
  }
  return merged;
}

function joined(text: string, a: Span, b: Span): Span {
  const kind = RANK[b.kind] > RANK[a.kind] ? b.kind : a.kind;
  const end = Math.max(a.end, b.end);
  const whole = [a, b].find((one) => one.kind === kind && one.start === a.start && one.end === end);
  return whole ?? { start: a.start, end, kind, value: text.slice(a.start, end) };
}
