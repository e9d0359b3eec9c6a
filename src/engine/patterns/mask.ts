import type { HttpClass } from '../../contract/pattern.ts';
import { BLANK, BYTE_CLASS, DIGIT, HIGH, JOIN, LETTER, SLASH, AT, STOP } from './byte-class.ts';
import { Gist } from './gist.ts';
import { HttpWatch } from './http-watch.ts';
import { dateBegin, halfOfDay } from './masked-tail.ts';
import { date, findDate, isDe, isNamedDate, mayBeMonth, monthKind, yearAhead } from './local-date.ts';
import { PLACEHOLDER, placeholderAt, writePlaceholder } from './placeholder.ts';
import { maskPieces } from './mask-pieces.ts';
import { quotedToken, wideQuoted } from './quoted-value.ts';
import { onlyNumber, tokenShape } from './token-shape.ts';
import { wholeCharacters } from './wide-text.ts';
import { BLANKS, MARKS, NUMBER, TIME, TOKEN, nextPiece, piece, speaksOfStatus } from './wide-token.ts';

/** Only so much of a message is looked at: what follows seldom changes its meaning, and keys stay bounded. */
export const MASK_INPUT_BYTES = 8192;
/** A masked text is at most this long (bytes). */
export const MASK_OUTPUT_BYTES = 1024;
/** Blanks other than single spaces between tokens. */
export const LOST_BLANKS = 1;
/** All after some place; that something only looks like a placeholder; or digits, blanks and dates that are not as ASCII has them. */
export const LOST_MORE = 2;
const LF = 0x0a;
/** "15. de marzo", with blanks of three bytes. */
const DAY_TO_MONTH = 9;
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
  /** Up to here the name of a month may belong to the number of a day before it. */
  private dayReach = -1;
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
    this.dayReach = -1;
    this.watch.reset(start, stop);
    let at = start;
    while (at < stop && this.length < MASK_OUTPUT_BYTES) {
      let bits = BYTE_CLASS[bytes[at]];
      if (bits === BLANK) {
        if (bytes[at] === LF) return false;
        this.blank(bytes[at], at);
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
      if (all & (DIGIT | SLASH | AT | HIGH)) {
        if (all & HIGH) at = this.wide(bytes, from, at, stop);
        else this.token(bytes, from, at, all);
      } else {
        this.length = length;
        if (all & LETTER) this.runKind = -1;
        this.watch.word(bytes, from, at);
        if (from <= this.dayReach || BYTE_CLASS[bytes[at + 1]] === DIGIT) at = this.maybeMonth(bytes, from, at, stop);
      }
    }
    this.end = at;
    if (at < end) this.lost |= LOST_MORE;
    this.close();
    return true;
  }

  private blank(byte: number, at: number): void {
    const kept = this.length > 0 && this.out[this.length - 1] !== 0x20;
    if (!kept || byte !== 0x20) this.lost |= LOST_BLANKS;
    if (!kept) return;
    this.origins[this.length] = at;
    this.out[this.length++] = 0x20;
  }

  /** A plain word beside a number: it may name a month. Returns where to go on. */
  private maybeMonth(bytes: Uint8Array, from: number, to: number, stop: number): number {
    return mayBeMonth(bytes, from, to) && (from <= this.dayReach || yearAhead(bytes, to)) ? this.month(bytes, from, to, stop) : to;
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
    if (shape === 'parts' && bits & LETTER && bits & JOIN && BYTE_CLASS[bytes[begin]] === DIGIT && isNamedDate(bytes, begin, end)) {
      this.place(PLACEHOLDER.time);
      this.lost |= LOST_MORE;
    } else if (shape === 'parts') this.parts(bytes, begin, end);
    else this.place(PLACEHOLDER[shape]);
    this.copyTail(bytes, end, to);
    this.watch.word(bytes, begin, end);
  }

  /** A token with characters above ASCII, piece by piece. Returns where to go on: a date may go beyond the token. */
  private wide(bytes: Uint8Array, from: number, to: number, stop: number): number {
    let at = from;
    while (at < to && this.length < MASK_OUTPUT_BYTES) {
      nextPiece(bytes, at, from, to, stop);
      const { kind, end, bits } = piece;
      if (kind === BLANKS) this.wideBlank(at);
      else if (kind === MARKS) at = this.mark(bytes, at, end, to);
      else if (kind === NUMBER || kind === TIME) {
        if (kind === TIME) this.length = halfOfDay(this.out, this.length);
        this.place(kind === TIME ? PLACEHOLDER.time : PLACEHOLDER.num);
        this.lost |= LOST_MORE;
      } else if (kind === TOKEN && bits & (DIGIT | SLASH | AT)) this.token(bytes, at, end, bits);
      else {
        this.copyTail(bytes, at, end);
        if (bits & LETTER || kind !== TOKEN) this.runKind = -1;
        if (!speaksOfStatus(bytes, at, end)) this.watch.word(bytes, at, end);
        if (kind === TOKEN && (at <= this.dayReach || yearAhead(bytes, end))) at = this.month(bytes, at, end, stop);
      }
      at = Math.max(at, end);
    }
    return at;
  }

  /** A blank that is not ASCII. */
  private wideBlank(at: number): void {
    this.lost |= LOST_MORE;
    if (this.length === 0 || this.out[this.length - 1] === 0x20) return;
    this.origins[this.length] = at;
    this.out[this.length++] = 0x20;
  }

  /** Copies the sign bytes[at, end); a quoted value of one token is masked. Returns where to go on. */
  private mark(bytes: Uint8Array, at: number, end: number, to: number): number {
    this.copyTail(bytes, at, end);
    if (this.runKind >= 0) this.lost |= LOST_MORE;
    const close = wideQuoted(bytes, this.start, at, end, to);
    if (close < 0) return end;
    this.place(PLACEHOLDER.str);
    return close;
  }

  /** Where the word bytes[from, to), which has just been copied, is the month of a date, the date is masked. Returns where to go on. */
  private month(bytes: Uint8Array, from: number, to: number, stop: number): number {
    let name = to;
    while (name > from && !(BYTE_CLASS[bytes[name - 1]] & LETTER)) name--;
    // "marzo de 2024": the word is "de".
    if (name === to && isDe(bytes, from) && to - from <= 3 && from > this.start + 1 && bytes[from - 1] === 0x20) {
      from = name = from - 1;
      while (from > this.start && BYTE_CLASS[bytes[from - 1]] & LETTER) from--;
    }
    const kind = monthKind(bytes, from, name);
    if (kind === 0 || !findDate(bytes, this.start, from, name, stop, kind)) return to;
    const copied = this.length - (to - from);
    // Of "/marzo de 2024" the month has become a placeholder already.
    if (copied < 0 || bytes[from] !== this.out[copied] || bytes[name - 1] !== this.out[copied + name - 1 - from]) return to;
    const begin = dateBegin(this.out, copied, date.day);
    if (begin < 0) return to;
    this.length = begin;
    this.runKind = -1;
    this.place(PLACEHOLDER.time);
    this.lost |= LOST_MORE;
    return date.end;
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
    if (onlyNumber(bytes, from, end)) {
      this.place(PLACEHOLDER.num);
      if (end - from <= 2) this.dayReach = end + DAY_TO_MONTH;
    } else {
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
