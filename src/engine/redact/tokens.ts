import type { Span } from './span.ts';
import type { Traits } from './traits.ts';

/** Names whose value is a secret, as they end: "db_password", "x-api-key", "clientSecret". */
const SECRET_NAME = 'pass(?:word|wd|phrase)|pwd|secret|api[_-]?key|apikey|access[_-]?key(?:[_-]?id)?|private[_-]?key|auth[_-]?token|token|credentials?|session[_-]?(?:id|key)|sessid|authorization|signature|otp';
const SECRET_END = new RegExp(`(?:${SECRET_NAME})$`, 'i');
/** How such names end: a look at three letters spares nearly all others the search. */
const ENDINGS = new Set('ord swd ase pwd ret key _id -id yid nid ken ial als ion ure otp sid'.split(' '));
const LONGEST_NAME = 40;
/** What may stand between a joint and the value: =>, blanks, a quote (escaped within JSON within a text). */
const TO_VALUE = /(=?>?[ \t]{0,3})(\\?["'])?/y;
const SCHEME = /(?<![A-Za-z0-9])(?:Bearer|Basic|Digest|Token|ApiKey|AWS4-HMAC-SHA256)$/i;
const LONGEST_SCHEME = 17;
const BARE_END = /[\s"'`,;&|<>()[\]{}\\]/g;
/** Of the keys of known issuers; of long random text. */
const SHORTEST_KEY = 16;
const SHORTEST_HEX = 32;
/** Values that hide nothing. */
const NO_SECRET = /^(?:null|nil|none|undefined|true|false|yes|no|empty|missing|invalid|expired|unknown|\*+|x{3,}|<[^>]*>|-+|\.{3}|)$/i;

/**
 * Keys that their issuers made to be recognised: Amazon, Google, GitHub, GitLab, Slack, Stripe, npm, SendGrid, OpenAI and others of that form.
 * None can begin within another, and none looks ahead further than its own run, so that searching is linear.
 */
const ISSUED = /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}|AIza[\w-]{35}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[A-Za-z0-9-]{12,}|xapp-[A-Za-z0-9-]{12,}|[rsp]k_(?:live|test)_[A-Za-z0-9]{16,}|npm_[A-Za-z0-9]{30,}|SG\.[\w-]{16,}(?:\.[\w-]+)?|sk-[\w-]{20,})/g;
/** A JSON web token (RFC 7519), or one of which only the first part is left. */
const JWT = /(?<![\w-])eyJ[\w-]{13,}(?:\.[\w-]*){0,4}/g;
const HEX = /(?<![A-Za-z0-9])(?:0x)?[0-9a-f]{32,}(?![A-Za-z0-9])/gi;
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{40,}={0,2}/g;
/** Of https://user:password@host */
const IN_URL = /:\/\/[^\s/?#:@"'<>]{0,80}:([^\s/?#@"'<>]{1,200})@/g;

/** Whether a column or field of this name holds secrets. */
export function isSecretName(name: string): boolean {
  return SECRET_END.test(name.trim());
}

/** Passwords and keys: what a secret's name or an authentication scheme introduces, keys of known issuers, and long random text. UUIDs are none. */
export function findTokens(text: string, found: Span[], { joints, schemes, run }: Traits): void {
  let done = 0;
  for (const joint of joints) if (joint >= done) done = named(text, joint, found);
  for (const blank of schemes) scheme(text, blank, found);
  if (joints.length > 0 && text.includes('://')) for (const match of text.matchAll(IN_URL)) add(text, match.index + match[0].length - 1 - match[1].length, match.index + match[0].length - 1, found);
  if (run < SHORTEST_KEY) return;
  for (const match of text.matchAll(ISSUED)) add(text, match.index, match.index + match[0].length, found);
  if (text.includes('eyJ')) for (const match of text.matchAll(JWT)) if (match[0].includes('.')) add(text, match.index, match.index + match[0].replace(/\.+$/, '').length, found);
  if (run < SHORTEST_HEX) return;
  for (const match of text.matchAll(HEX)) if (/\d/.test(match[0]) && /[a-f]/i.test(match[0].replace(/^0x/i, ''))) add(text, match.index, match.index + match[0].length, found);
  for (const match of text.matchAll(BASE64)) if (isRandom(match[0])) add(text, match.index, match.index + match[0].length, found);
}

/** Looks at what a colon or equals sign joins; gives where the value ends, or the joint's own end where it is no secret. */
function named(text: string, joint: number, found: Span[]): number {
  let end = joint;
  while (end > joint - 4 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  if (text[end - 1] === '"' || text[end - 1] === "'") end--;
  if (text[end - 1] === '\\') end--;
  if (!ENDINGS.has(text.slice(end - 3, end).toLowerCase()) || end < 3 || !SECRET_END.test(text.slice(Math.max(0, end - LONGEST_NAME), end))) return joint + 1;
  TO_VALUE.lastIndex = joint + 1;
  const [lead, gap, quote] = TO_VALUE.exec(text) ?? ['', ''];
  const start = joint + 1 + lead.length;
  const close = quote === undefined ? bareEnd(text, start) : quotedEnd(text, start, quote);
  const value = text.slice(start, close);
  // "Authorization: Bearer …" is found by its scheme.
  if (NO_SECRET.test(value) || /^(?:bearer|basic|digest|token)$/i.test(value)) return joint + 1;
  // "token: unexpected" is a sentence, "token: a8f3k2" and "token=unexpected" are not.
  if (quote !== undefined || text[joint] !== ':' || gap === '' || looksMade(value)) add(text, start, close, found);
  return Math.max(joint + 1, close);
}

function bareEnd(text: string, start: number): number {
  BARE_END.lastIndex = start;
  const end = BARE_END.exec(text)?.index ?? text.length;
  return end;
}

function quotedEnd(text: string, start: number, quote: string): number {
  const end = text.indexOf(quote, start);
  // A quote that never closes: up to the next blank.
  return end < 0 ? bareEnd(text, start) : end;
}

function scheme(text: string, blank: number, found: Span[]): void {
  if (!SCHEME.test(text.slice(Math.max(0, blank - LONGEST_SCHEME), blank))) return;
  let start = blank;
  while (start < blank + 3 && (text[start] === ' ' || text[start] === '\t')) start++;
  let end = start;
  while (end < text.length && /[A-Za-z0-9+/_.~=:-]/.test(text[end])) end++;
  if (looksMade(text.slice(start, end))) add(text, start, end, found);
}

/** Not a word of a sentence: it has a digit, signs, or capitals within. */
function looksMade(value: string): boolean {
  const bare = value.replace(/[.:]+$/, '');
  return bare.length >= 4 && (/[0-9+/_=!@#$%^*~]/.test(bare) || /[a-z][A-Z]/.test(bare) || bare.length >= 24);
}

const LONG_PIECE = 20;

/** Capitals, small letters and digits, and not a path or a name of words with signs between: some long piece has them all. */
function isRandom(run: string): boolean {
  return run.split(/[/_-]/).some((piece) => piece.length >= LONG_PIECE && /[a-z]/.test(piece) && /[A-Z]/.test(piece) && /\d\D*\d/.test(piece));
}

function add(text: string, start: number, end: number, found: Span[]): void {
  if (end > start) found.push({ start, end, kind: 'token', value: text.slice(start, end) });
}
