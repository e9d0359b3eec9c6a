import type { HttpClass } from '../../contract/pattern.ts';
import { BLANK, BYTE_CLASS, DIGIT, JOIN, LETTER, SLASH, AT, STOP, isDigit } from './byte-class.ts';
import { Gist } from './gist.ts';
import { HttpWatch } from './http-watch.ts';
import { PLACEHOLDER, placeholderAt, writePlaceholder } from './placeholder.ts';
import { maskPieces } from './mask-pieces.ts';
import { isProtected } from './protected-words.ts';
import { tokenShape } from './token-shape.ts';

/** Only so much of a message is looked at: what follows seldom changes its meaning, and keys stay bounded. */
export const MASK_INPUT_BYTES = 8192;
/** A masked text is at most this long (bytes). */
export const MASK_OUTPUT_BYTES = 1024;
/** Blanks other than single spaces between tokens. */
export const LOST_BLANKS = 1;
/** All after some place, or that something only looks like a placeholder. */
export const LOST_MORE = 2;
const LF = 0x0a;
/** A placeholder, its neighbours and one piece fit in this. */
const SLACK = MASK_INPUT_BYTES + 64;

/**
 * Replaces what varies in a message (numbers, hex, ids, addresses, paths, quoted values) by placeholders, in
 * one pass over its bytes. Numbers that are HTTP statuses become their class (`2xx`…`5xx`), never a number.
 * One object per worker; `out[0,length)` and `http` hold the result until the next call.
 */
export class Masker {
  readonly out = new Uint8Array(MASK_OUTPUT_BYTES + SLACK);
  length = 0;
  /** HTTP status class seen in the message, 0 if none. */
  http: HttpClass = 0;
  /** Whether the message has a letter or digit at all. */
  content = false;
  /** LOST_* bits: what the masked text does not tell of the message, besides what its placeholders stand for. */
  lost = 0;
  /** By position of a space in `out`: offset in `text` of the blank that it stands for (token-spans.ts). */
  readonly origins = new Uint32Array(MASK_OUTPUT_BYTES + SLACK);
  /** What was masked: the message, or its gist. It began at text[start], and looking at it ended at text[end]; `origins` count in it. */
  text: Uint8Array = this.out;
  start = 0;
  end = 0;
  private readonly gist = new Gist();
  private readonly watch = new HttpWatch();
  /** Runs of one placeholder (`<num>, <num>, <num>`) are cut after the second: kind, how many, where the second ended. */
  private runKind = -1;
  private runLength = 0;
  private runEnd = 0;
  /** Class bits of all tokens so far. */
  private seen = 0;

  /** Masks bytes[start,end): of several lines, what they come down to (gist.ts). */
  mask(bytes: Uint8Array, start: number, end: number): void {
    this.text = bytes;
    this.start = start;
    if (this.line(bytes, start, end)) return;
    const { gist } = this;
    gist.find(bytes, start, end);
    this.text = gist.bytes;
    this.start = gist.start;
    this.line(gist.bytes, gist.start, gist.end);
    this.lost |= LOST_MORE;
  }

  /** Masks one line; false where there is more than one. */
  private line(bytes: Uint8Array, start: number, end: number): boolean {
    const stop = end - start <= MASK_INPUT_BYTES ? end : wholeCharacters(bytes, start + MASK_INPUT_BYTES);
    const out = this.out;
    this.seen = 0;
    this.length = 0;
    this.http = 0;
    this.lost = 0;
    this.runKind = -1;
    this.watch.reset(start, stop);
    let at = start;
    while (at < stop && this.length < MASK_OUTPUT_BYTES) {
      let bits = BYTE_CLASS[bytes[at]];
      if (bits === BLANK) {
        if (bytes[at] === LF) return false;
        if (this.length > 0 && out[this.length - 1] !== 0x20) {
          this.origins[this.length] = at;
          out[this.length++] = 0x20;
          if (bytes[at] !== 0x20) this.lost |= LOST_BLANKS;
        } else this.lost |= LOST_BLANKS;
        at++;
        continue;
      }
      if (bits === STOP) {
        at = this.stopByte(bytes, at, stop);
        continue;
      }
      const from = at;
      let all = 0;
      // A token is copied while it is looked at: most are plain words, and one that is masked is written over.
      let length = this.length;
      do {
        all |= bits;
        out[length++] = bytes[at++];
        bits = at < stop ? BYTE_CLASS[bytes[at]] : BLANK;
      } while (bits < STOP);
      this.seen |= all;
      if (all & (DIGIT | SLASH | AT)) this.token(bytes, from, at, all);
      else {
        this.length = length;
        if (all & LETTER) this.runKind = -1;
        this.watch.word(bytes, from, at);
      }
    }
    this.end = at;
    if (at < end) this.lost |= LOST_MORE;
    this.close();
    return true;
  }

  /** What holds of the masked text as a whole. */
  private close(): void {
    const { out } = this;
    if (this.length > 0 && out[this.length - 1] === 0x20) {
      this.length--;
      this.lost |= LOST_BLANKS;
    }
    if (this.length > MASK_OUTPUT_BYTES) {
      this.length = wholeCharacters(out, MASK_OUTPUT_BYTES);
      this.lost |= LOST_MORE;
    }
    this.content = (this.seen & (LETTER | DIGIT)) !== 0;
  }

  /** A token with a digit, slash or at sign. */
  private token(bytes: Uint8Array, from: number, to: number, bits: number): void {
    // Punctuation that ends a sentence is no part of an address or a number.
    let end = to;
    while (end > from + 1 && (bytes[end - 1] === 0x2e || bytes[end - 1] === 0x3a)) end--;
    let begin = from;
    // `"status":200`: the quote ended a token, so the colon begins this one. IPv6 begins with two.
    if (bytes[begin] === 0x3a && begin + 1 < end && bytes[begin + 1] !== 0x3a) this.out[this.length++] = bytes[begin++];
    const shape = tokenShape(bytes, begin, end, bits);
    if (shape === 'parts') this.parts(bytes, begin, end);
    else this.place(PLACEHOLDER[shape]);
    this.copyTail(bytes, end, to);
    this.watch.word(bytes, begin, end);
  }

  private parts(bytes: Uint8Array, from: number, end: number): void {
    const status = this.watch.status(bytes, from, end);
    if (status > 0) {
      this.http = status;
      this.out[this.length++] = 0x30 + status;
      this.out[this.length++] = 0x78;
      this.out[this.length++] = 0x78;
      this.runKind = -1;
      return;
    }
    if (onlyNumber(bytes, from, end)) this.place(PLACEHOLDER.num);
    else {
      this.length = maskPieces(bytes, from, end, this.out, this.length);
      this.runKind = -1;
    }
  }

  /** Writes a placeholder, or drops it where it is the third or later of a run of its kind. */
  private place(kind: number): void {
    if (kind === this.runKind) {
      if (this.runLength >= 2) {
        this.length = this.runEnd;
        return;
      }
      this.runLength++;
    } else {
      this.runKind = kind;
      this.runLength = 1;
    }
    this.length = writePlaceholder(kind, this.out, this.length);
    this.runEnd = this.length;
  }

  private copyTail(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at++) this.out[this.length++] = bytes[at];
  }

  /** Copies a bracket, quote, comma …; a quoted value of one token is masked. Returns where to go on. */
  private stopByte(bytes: Uint8Array, at: number, stop: number): number {
    const byte = bytes[at];
    this.out[this.length++] = byte;
    if (byte !== 0x22 && byte !== 0x27) {
      if (byte === 0x3c && placeholderAt(bytes, at, stop) !== null) this.lost |= LOST_MORE;
      return at + 1;
    }
    const before = this.length > 1 ? this.out[this.length - 2] : 0x20;
    if (before !== 0x20 && before !== 0x3d && before !== 0x28) return at + 1;
    const close = quotedToken(bytes, at + 1, stop, byte);
    if (close < 0) return at + 1;
    this.seen |= LETTER;
    this.place(PLACEHOLDER.str);
    this.out[this.length++] = byte;
    return close + 1;
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const shared = new Masker();

/** Masked text of a message; the slow, convenient face of Masker for training and tests. */
export function maskMessage(message: string): string {
  const bytes = encoder.encode(message);
  shared.mask(bytes, 0, bytes.length);
  return decoder.decode(shared.out.subarray(0, shared.length));
}

/** A number as a whole: sign, digits, decimals, exponent-free; versions and fractions too. */
function onlyNumber(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  if (bytes[at] === 0x2d || bytes[at] === 0x2b) at++;
  if (at >= end || !isDigit(bytes[at])) return false;
  for (; at < end; at++) {
    if (isDigit(bytes[at])) continue;
    if (bytes[at] !== 0x2e || !isDigit(bytes[at + 1]) || at + 1 >= end) return false;
  }
  return true;
}

const QUOTED_MAX = 64;

/** Offset of the closing quote if bytes[at…] is one token that stands for a value, else -1. */
function quotedToken(bytes: Uint8Array, at: number, stop: number, quote: number): number {
  const limit = Math.min(stop, at + QUOTED_MAX);
  let close = at, all = 0;
  while (close < limit && bytes[close] !== quote) {
    const bits = BYTE_CLASS[bytes[close]];
    if (!(bits & (LETTER | DIGIT | JOIN))) return -1;
    all |= bits;
    close++;
  }
  if (close >= limit || !(all & (LETTER | DIGIT))) return -1;
  const next = close + 1 < stop ? bytes[close + 1] : 0x20;
  // A JSON key, or an apostrophe inside a word, is not a value.
  if (next === 0x3a || BYTE_CLASS[next] & (LETTER | DIGIT)) return -1;
  return isProtected(decoder.decode(bytes.subarray(at, close))) ? -1 : close;
}

/** The largest offset ≤ `limit` at which no UTF-8 sequence (of at most 4 bytes) is cut; `limit` where there is none near. */
function wholeCharacters(bytes: Uint8Array, limit: number): number {
  for (let at = limit; at > limit - 4; at--) if ((bytes[at] & 0xc0) !== 0x80) return at;
  return limit;
}
