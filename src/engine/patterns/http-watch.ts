import type { HttpClass } from '../../contract/pattern.ts';
import { BYTE_CLASS, DIGIT, LETTER, isDigit } from './byte-class.ts';

/**
 * Tells HTTP status codes from other three-digit numbers, by the words before them: `HTTP/1.1" 404`, `status: 500`,
 * `"status":200`, `RCODE 404`, `response code 503`, `GET /path 200`. Words as ambiguous as "code" count only after a sign of
 * HTTP (a method or `HTTP/`). Status classes: RFC 9110 section 15.
 */
export class HttpWatch {
  /** The message speaks of HTTP. */
  private sign = false;
  /** What the last word was (bits as below); punctuation between it and the number does not matter. */
  private last = 0;
  private start = 0;
  private end = 0;

  /** Begins with a message that lies at [start,end). */
  reset(start: number, end: number): void {
    this.sign = false;
    this.last = 0;
    this.start = start;
    this.end = end;
  }

  /** Notes that token bytes[from,to) has gone by. */
  word(bytes: Uint8Array, from: number, to: number): void {
    let end = to;
    while (end > from && !(BYTE_CLASS[bytes[end - 1]] & (LETTER | DIGIT))) end--;
    if (end === from) return;
    const before = this.last;
    if (bytes[from] === SLASH || isHttpVersion(bytes, from, end)) {
      // A request line: its method and path, or its protocol.
      if (bytes[from] !== SLASH) this.sign = true;
      this.last = bytes[from] !== SLASH || before & METHOD ? EXPECTS : 0;
      return;
    }
    let kind = kindOf(bytes, from, end);
    if (kind & METHOD && (bytes[from] & 0x20) !== 0) kind = 0;
    if (kind & (METHOD | HTTP)) this.sign = true;
    if (kind & ERROR) kind = before & HTTP ? EXPECTS : 0;
    // "status code"; and a JSON member "status" needs no other sign.
    if (kind & CODE && before & STATUS) kind = STATUS;
    else if (kind & STATUS && from > this.start && isQuote(bytes[from - 1]) && end < this.end && isQuote(bytes[end])) kind = EXPECTS;
    this.last = kind;
  }

  /** Class of the status that bytes[from,end) is in this place, or 0. */
  status(bytes: Uint8Array, from: number, end: number): HttpClass {
    if (this.last === 0 || end - from !== 3 || !isDigit(bytes[from]) || !isDigit(bytes[from + 1]) || !isDigit(bytes[from + 2])) return 0;
    const leading = bytes[from] - 0x30;
    if (leading < 1 || leading > 5) return 0;
    // `GET /path 245 ms`
    if (end + 2 < this.end && bytes[end] === 0x20 && bytes[end + 1] === 0x6d && bytes[end + 2] === 0x73) return 0;
    // Statuses of processes end at 255, so the higher ones need no sign.
    const here = this.last & EXPECTS || (this.sign && this.last & (STATUS | CODE | HTTP)) || (this.last & STATUS && leading >= 4);
    return here ? (leading as HttpClass) : 0;
  }
}

const SLASH = 0x2f;

/** A status comes next. */
const EXPECTS = 1;
/** "status": a status comes next if the message speaks of HTTP, or if it is one of failure. */
const STATUS = 2;
/** Words after which a status comes if the message speaks of HTTP. */
const CODE = 4;
const HTTP = 8;
/** A method, if it begins with a capital. */
const METHOD = 16;
const ERROR = 32;

const WORDS: readonly (readonly [kind: number, words: string])[] = [
  [EXPECTS, 'status_code statuscode http_status httpstatus rcode'],
  [STATUS, 'status'],
  [CODE, 'code response returned respstatus'],
  [HTTP, 'http https'],
  [METHOD, 'get post put patch delete head options'],
  [ERROR, 'error'],
];

interface Word {
  readonly bytes: Uint8Array;
  readonly kind: number;
}

/** Words by first byte and length: nearly every other word is told apart without looking at it. */
const BUCKETS = new Array<Word[] | undefined>(256 * 16).fill(undefined);
/** http_status, status_code */
const LONGEST = 11;
for (const [kind, words] of WORDS) {
  for (const word of words.split(' ')) {
    const bytes = new TextEncoder().encode(word);
    (BUCKETS[bytes[0] * 16 + bytes.length] ??= []).push({ bytes, kind });
  }
}

function kindOf(bytes: Uint8Array, from: number, end: number): number {
  const length = end - from;
  if (length < 3 || length > LONGEST) return 0;
  const bucket = BUCKETS[(bytes[from] | 0x20) * 16 + length];
  if (bucket === undefined) return 0;
  for (let candidate = 0; candidate < bucket.length; candidate++) {
    const word = bucket[candidate];
    let at = 1;
    // `_` | 0x20 is not `_`, so that byte is compared as it is.
    while (at < length && (bytes[from + at] === word.bytes[at] || (bytes[from + at] | 0x20) === word.bytes[at])) at++;
    if (at === length) return word.kind;
  }
  return 0;
}

function isQuote(byte: number): boolean {
  return byte === 0x22 || byte === 0x27;
}

/** HTTP/1.1, HTTP/2 */
function isHttpVersion(bytes: Uint8Array, from: number, end: number): boolean {
  return (
    end - from >= 6 && (bytes[from] | 0x20) === 0x68 && (bytes[from + 1] | 0x20) === 0x74 && (bytes[from + 2] | 0x20) === 0x74 &&
    (bytes[from + 3] | 0x20) === 0x70 && bytes[from + 4] === 0x2f && isDigit(bytes[from + 5])
  );
}
