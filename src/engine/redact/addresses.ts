import { isDigitCode, isHexCode, isWordAt } from './span.ts';
import type { Span } from './span.ts';
import type { Traits } from './traits.ts';

/** Four numbers with dots between that are no part of a word or of a longer dotted number (an OID). */
const DOTTED = /(?<![\w]|\d\.)\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g;
/** As names of cloud hosts have it: ip-10-0-0-1. */
const DASHED = /(?<![a-z0-9])ip-(\d{1,3}(?:-\d{1,3}){3})(?![\w]|-\d)/gi;
/** A version number has the same form: what stands before tells ("~~" in names of Windows packages). "v1.2.3.4" is part of a word already. */
const VERSION_BEFORE = /(?:~~|\bver(?:sion)?|\brelease|\brev(?:ision)?|\bbuild)s?[ ]?[ :=#"']{0,3}v?$/i;
/** Browsers' version numbers in a user agent. Other names before a slash stay host names: "web1/10.0.0.1". */
const PRODUCT_BEFORE = /(?:Chrome|HeadlessChrome|Chromium|CriOS|Edge|Edg|EdgA|EdgiOS|OPR|Opera|Version|Vivaldi|YaBrowser|SamsungBrowser|Electron|GSA|Safari|Firefox|UCBrowser|QQBrowser|Instagram|Whale)\/$/;
const LOOK_BACK = 24;
const DASHED_MAC = /(?<![\w-])[0-9a-f]{2}(?:-[0-9a-f]{2}){5}(?![\w-])/gi;
/** As Cisco writes it: 001b.4411.3ab7. */
const DOTTED_MAC = /(?<![\w.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])/gi;

/** IPv4 and IPv6 addresses (RFC 4291 section 2.2) and MAC addresses. Ports, prefix lengths and zones stay. */
export function findAddresses(text: string, found: Span[], traits: Traits): void {
  if (traits.dots >= 2) {
    for (const match of text.matchAll(DOTTED)) {
      if (isQuad(match[0], '.') && !isVersion(text, match.index)) found.push({ start: match.index, end: match.index + match[0].length, kind: 'ip', value: plainQuad(match[0], '.') });
    }
    for (const match of text.matchAll(DOTTED_MAC)) if (/[a-f]/i.test(match[0]) && /\d/.test(match[0])) found.push(mac(match[0], match.index));
  }
  if (traits.hyphens >= 4) {
    for (const match of text.matchAll(DASHED)) {
      const start = match.index + 3;
      if (isQuad(match[1], '-')) found.push({ start, end: start + match[1].length, kind: 'ip', value: plainQuad(match[1], '-') });
    }
    for (const match of text.matchAll(DASHED_MAC)) found.push(mac(match[0], match.index));
  }
  if (traits.colons < 2) return;
  for (let colon = text.indexOf(':'); colon >= 0; ) colon = text.indexOf(':', aroundColon(text, colon, found));
}

function isQuad(text: string, separator: string): boolean {
  return text.split(separator).every((part) => Number(part) <= 255);
}

function plainQuad(text: string, separator: string): string {
  return text.split(separator).map(Number).join('.');
}

function isVersion(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LOOK_BACK), at);
  return VERSION_BEFORE.test(before) || PRODUCT_BEFORE.test(before);
}

function mac(text: string, start: number): Span {
  return { start, end: start + text.length, kind: 'mac', value: text.replace(/[^0-9a-f]/gi, '').toLowerCase() };
}

/** Looks at the run of hex digits, colons and dots around a colon; gives where it ends. */
function aroundColon(text: string, colon: number, found: Span[]): number {
  let start = colon;
  while (start > 0 && isHexCode(text.charCodeAt(start - 1))) start--;
  let end = colon;
  let colons = 0;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 58) colons++;
    else if (code !== 46 && !isHexCode(code)) break;
  }
  const next = end;
  if (colons < 2 || isWordAt(text, start - 1) || isWordAt(text, end) || isDottedBefore(text, start)) return next;
  // A full stop or a colon that belongs to the sentence.
  while (end > start && text.charCodeAt(end - 1) === 46) end--;
  if (text.charCodeAt(end - 1) === 58 && text.charCodeAt(end - 2) !== 58) end--;
  const run = text.slice(start, end);
  if (/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(run)) found.push(mac(run, start));
  else if (isIpv6(run)) found.push({ start, end, kind: 'ip', value: plainIpv6(run) });
  return next;
}

/** "1.2:…": the end of something else. */
function isDottedBefore(text: string, start: number): boolean {
  return text.charCodeAt(start - 1) === 46 && isDigitCode(text.charCodeAt(start - 2));
}

const IPV6_GROUPS = 8;

/** The address with all its groups, without leading zeros: the same however it was shortened (RFC 5952 section 2). */
function plainIpv6(run: string): string {
  const groups = (half: string): string[] => (half === '' ? [] : half.split(':').flatMap((group) => (group.includes('.') ? ofQuad(group) : [group.replace(/^0+(?=.)/, '').toLowerCase()])));
  const [before, after] = run.split('::').map(groups);
  return (after === undefined ? before : [...before, ...new Array<string>(Math.max(0, IPV6_GROUPS - before.length - after.length)).fill('0'), ...after]).join(':');
}

function ofQuad(quad: string): string[] {
  const [a, b, c, d] = quad.split('.').map(Number);
  return [(a << 8) | b, (c << 8) | d].map((group) => group.toString(16));
}

const LONGEST_IPV6 = 45;

function isIpv6(run: string): boolean {
  if (run.length > LONGEST_IPV6 || !/[0-9a-f]/i.test(run)) return false;
  const halves = run.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const quad = groups.length > 0 && groups[groups.length - 1].includes('.') ? groups.pop() : undefined;
  if (quad !== undefined && !(/^\d{1,3}(\.\d{1,3}){3}$/.test(quad) && isQuad(quad, '.'))) return false;
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const words = groups.length + (quad === undefined ? 0 : 2);
  return halves.length === 2 ? words <= 7 : words === 8;
}
