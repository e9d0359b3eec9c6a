import { isDigitCode } from './span.ts';
import type { Span } from './span.ts';

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** What an unquoted local part may hold besides letters and digits (RFC 5322 section 3.2.3), without the quote, backtick and braces that stand around one. */
const LOCAL_SIGNS = "!#$%&*+-./=?^_~";
/** "https://user:" before "password@host.example", which is no address. */
const LOGIN_BEFORE = /:\/\/[^\s/@]*:$/;
const LOOK_BACK = 100;
/** Signs that a local part does not begin with in a log: they join it to what stands before ("user=a@b.example", "/a@b.example"). */
const JOINS = '=/?&.!#$*%^~';

/** The sign itself, in an address within one or more others (%40, %2540), and escaped as JSON allows. */
const SIGN = /@|%(?:25){0,4}40|\\u0040/g;

/** E-mail addresses whose domain has a dot and ends in letters ("root@web1" is a login, no address), also as "a%40b.example" in URLs. */
export function findEmails(text: string, found: Span[]): void {
  for (const match of text.matchAll(SIGN)) around(text, match.index, match.index + match[0].length, found);
}

/** text[at, after) is the sign. Runs to its left and right hold no further one, so all of them together are linear. */
function around(text: string, at: number, after: number, found: Span[]): void {
  let end = after;
  while (end < text.length && isDomain(text, end)) end++;
  while (end > after && !LETTER_OR_DIGIT.test(text[end - 1])) end--;
  const domain = text.slice(after, end);
  const dot = domain.lastIndexOf('.');
  if (dot < 1 || !/^(?:\p{L}{2,}|xn--[a-z0-9-]+)$/iu.test(domain.slice(dot + 1)) || domain.includes('..')) return;
  let start = at;
  while (start > 0 && isLocal(text, start - 1) && !(start >= 3 && text.startsWith('40', start - 2) && /[%5]/.test(text[start - 3]) && isSignBefore(text, start))) start--;
  for (let p = at - 1; p >= start; p--) {
    // What stands before the last "=", "/", "?" or "&" is another value.
    if ('=/?&'.includes(text[p])) { start = p + 1; break; }
  }
  while (start < at && JOINS.includes(text[start])) start++;
  if (start < at && !LOGIN_BEFORE.test(text.slice(Math.max(0, start - LOOK_BACK), start))) found.push({ start, end, kind: 'email', value: `${text.slice(start, at)}@${domain}`.toLowerCase() });
}

/** What ends here is an escaped sign: the local part of another address. */
function isSignBefore(text: string, end: number): boolean {
  return /%(?:25){0,4}40$/.test(text.slice(Math.max(0, end - 11), end));
}

function isLocal(text: string, at: number): boolean {
  return LOCAL_SIGNS.includes(text[at]) || isWide(text, at);
}

function isDomain(text: string, at: number): boolean {
  return text[at] === '.' || text[at] === '-' || isWide(text, at);
}

/** Letters and digits; halves of a surrogate pair too. */
function isWide(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return isDigitCode(code) || ((code | 32) >= 97 && (code | 32) <= 122);
  return (code >= 0xd800 && code < 0xe000) || LETTER_OR_DIGIT.test(text[at]);
}
