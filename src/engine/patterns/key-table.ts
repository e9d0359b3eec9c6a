import type { HttpClass } from '../../contract/pattern.ts';
import { grown } from './growing.ts';
import { hashBytes, hashPair } from './hash.ts';

/**
 * All distinct keys of a run. A key is masked text + rule verdict + level + HTTP class; found by a 64-bit hash and checked
 * against the text, numbered in order of its first row. At most `cap` keys: the lines of all others go to one
 * overflow key per (rule, level, HTTP class), so that their verdict is a pure function of the line.
 */
export class KeyTable {
  count = 0;
  /** Where it is a list, what each row changes is noted there, so that it can be undone. */
  journal: KeyChange[] | null = null;
  /** Rows that went to overflow keys. */
  overflowRows = 0;
  /** Parallel arrays by key. */
  rows = new Float64Array(START);
  /** Rows of files that are only compared with; they count nowhere else. */
  baseline = new Float64Array(START);
  firstRow = new Float64Array(START);
  lastRow = new Float64Array(START);
  firstTime = new Float64Array(START);
  lastTime = new Float64Array(START);
  rule = new Int16Array(START);
  level = new Uint8Array(START);
  http = new Uint8Array(START);
  overflow = new Uint8Array(START);
  content = new Uint8Array(START);
  /** LOST_* bits of mask.ts, over all rows of the key. Set by the caller. */
  lost = new Uint8Array(START);
  private textStart = new Uint32Array(START + 1);
  private exampleStart = new Uint32Array(START + 1);
  private readonly texts = new Arena();
  private readonly examples = new Arena();
  private hashes = new Int32Array(START);
  private slots = new Int32Array(START * 4).fill(-1);
  private readonly overflowKeys = new Map<number, number>();
  private readonly cap: number;

  constructor(cap: number = KEY_CAP) {
    this.cap = cap;
  }

  /**
   * Number of the key of a line: masked text in text[0,length), raw message in message[from,to). Counts the row.
   * `time` is NaN where the line has none. `row`: from BASELINE_ROW on for a row that is only compared with.
   */
  add(text: Uint8Array, length: number, rule: number, level: number, http: HttpClass, hasContent: boolean, message: Uint8Array, from: number, to: number, row: number, time: number): number {
    const identity = identityOf(rule, level, http);
    hashBytes(text, length, identity);
    const { low, high } = hashPair;
    const slots = this.slots;
    const wrap = slots.length / 2 - 1;
    let slot = low & wrap;
    let key = -1;
    while ((key = slots[slot * 2]) >= 0) {
      if (slots[slot * 2 + 1] === high && this.same(key, text, length, identity)) break;
      slot = (slot + 1) & wrap;
    }
    const known = key >= 0 ? key : this.count - this.overflowKeys.size < this.cap ? -1 : (this.overflowKeys.get(identity) ?? -1);
    if (this.journal !== null) this.journal.push(this.changeOf(known, identity));
    if (key < 0) key = this.count - this.overflowKeys.size < this.cap ? this.insert(slot, low, high, text, length, rule, level, http, hasContent, message, from, to, row) : this.overflowKey(identity, rule, level, http, row);
    if (row >= BASELINE_ROW) {
      this.baseline[key]++;
      return key;
    }
    // A baseline's key comes to be one of the log's own where a file grows.
    if (this.rows[key]++ === 0) this.firstRow[key] = row;
    this.lastRow[key] = row;
    if (time < this.firstTime[key] || this.firstTime[key] !== this.firstTime[key]) this.firstTime[key] = time;
    if (time > this.lastTime[key] || this.lastTime[key] !== this.lastTime[key]) this.lastTime[key] = time;
    return key;
  }

  /** Takes back the latest row that was counted, and its key where the row brought it. @param change what the journal says of it */
  undo(change: KeyChange): void {
    const key = change.key < 0 ? this.count - 1 : change.key;
    if (this.overflow[key] === 1) this.overflowRows--;
    this.rows[key]--;
    this.lost[key] = change.lost;
    this.lastRow[key] = change.lastRow;
    this.firstTime[key] = change.firstTime;
    this.lastTime[key] = change.lastTime;
    if (change.key < 0) this.dropLast(change.identity);
  }

  /** Masked text of a key. */
  text(key: number): string {
    return this.texts.string(this.textStart[key], this.textStart[key + 1]);
  }

  /** The same as bytes; valid until the next key is added. */
  textBytes(key: number): Uint8Array {
    return this.texts.view(this.textStart[key], this.textStart[key + 1]);
  }

  /** Raw message of a key's first row, cut; '' for overflow keys. */
  example(key: number): string {
    return this.examples.string(this.exampleStart[key], this.exampleStart[key + 1]);
  }

  private changeOf(key: number, identity: number): KeyChange {
    if (key < 0) return { key, identity, lost: 0, lastRow: 0, firstTime: NaN, lastTime: NaN };
    return { key, identity, lost: this.lost[key], lastRow: this.lastRow[key], firstTime: this.firstTime[key], lastTime: this.lastTime[key] };
  }

  private dropLast(identity: number): void {
    const key = --this.count;
    this.texts.length = this.textStart[key];
    this.examples.length = this.exampleStart[key];
    this.content[key] = 0;
    if (this.overflow[key] === 1) {
      this.overflow[key] = 0;
      this.overflowKeys.delete(identity);
    } else this.reslot(this.slots.length, key);
  }

  private same(key: number, text: Uint8Array, length: number, identity: number): boolean {
    if (identityOf(this.rule[key], this.level[key], this.http[key] as HttpClass) !== identity) return false;
    return this.texts.equals(this.textStart[key], this.textStart[key + 1], text, length);
  }

  private insert(slot: number, low: number, high: number, text: Uint8Array, length: number, rule: number, level: number, http: HttpClass, hasContent: boolean, message: Uint8Array, from: number, to: number, row: number): number {
    const key = this.append(rule, level, http, row);
    this.content[key] = hasContent ? 1 : 0;
    this.texts.append(text, 0, length);
    const room = key < LONG_EXAMPLES ? EXAMPLE_BYTES : SHORT_EXAMPLE_BYTES;
    this.examples.append(message, from, Math.min(to, from + room));
    this.textStart[key + 1] = this.texts.length;
    this.exampleStart[key + 1] = this.examples.length;
    this.hashes[key] = low;
    this.slots[slot * 2] = key;
    this.slots[slot * 2 + 1] = high;
    if (this.count * 2 > this.slots.length / 2) this.rehash();
    return key;
  }

  private overflowKey(identity: number, rule: number, level: number, http: HttpClass, row: number): number {
    if (row < BASELINE_ROW) this.overflowRows++;
    let key = this.overflowKeys.get(identity);
    if (key === undefined) {
      key = this.append(rule, level, http, row);
      this.overflow[key] = 1;
      this.content[key] = 1;
      this.textStart[key + 1] = this.texts.length;
      this.exampleStart[key + 1] = this.examples.length;
      this.overflowKeys.set(identity, key);
    }
    return key;
  }

  private append(rule: number, level: number, http: HttpClass, row: number): number {
    const key = this.count++;
    const needed = key + 2;
    if (needed > this.rows.length) this.grow(needed);
    this.rule[key] = rule;
    this.level[key] = level;
    this.http[key] = http;
    this.firstRow[key] = row;
    this.firstTime[key] = NaN;
    this.lastTime[key] = NaN;
    return key;
  }

  private grow(needed: number): void {
    this.rows = grown(this.rows, needed);
    this.baseline = grown(this.baseline, needed);
    this.firstRow = grown(this.firstRow, needed);
    this.lastRow = grown(this.lastRow, needed);
    this.firstTime = grown(this.firstTime, needed);
    this.lastTime = grown(this.lastTime, needed);
    this.rule = grown(this.rule, needed);
    this.level = grown(this.level, needed);
    this.http = grown(this.http, needed);
    this.overflow = grown(this.overflow, needed);
    this.content = grown(this.content, needed);
    this.lost = grown(this.lost, needed);
    this.hashes = grown(this.hashes, needed);
    // One more than there is room for keys: the end of the last one.
    this.textStart = grown(this.textStart, this.rows.length + 1);
    this.exampleStart = grown(this.exampleStart, this.rows.length + 1);
  }

  /** Doubles the slots. Overflow keys are not in them: they are found by identity. */
  private rehash(): void {
    this.reslot(this.slots.length * 2, -1);
  }

  /** Puts all keys but `left` into `size` / 2 new slots. */
  private reslot(size: number, left: number): void {
    const old = this.slots;
    const slots = new Int32Array(size).fill(-1);
    const wrap = slots.length / 2 - 1;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] < 0 || old[from] === left) continue;
      let slot = this.hashes[old[from]] & wrap;
      while (slots[slot * 2] >= 0) slot = (slot + 1) & wrap;
      slots[slot * 2] = old[from];
      slots[slot * 2 + 1] = old[from + 1];
    }
    this.slots = slots;
  }
}

/** What one row changed. */
export interface KeyChange {
  /** The row's key as it was before; -1 where the row brought a new one. */
  readonly key: number;
  /** Of rule, level and HTTP class. */
  readonly identity: number;
  readonly lost: number;
  readonly lastRow: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

/** Rows of files that are only compared with are numbered from here: past any row that there is. */
export const BASELINE_ROW = 2 ** 40;
/** Distinct keys kept, in file order. A file with more is not made of log lines but of values; see the overflow. */
export const KEY_CAP = 200_000;
const START = 1024;
/** Room for EXAMPLE_CHARS of any script (three bytes each). */
const EXAMPLE_BYTES = 1200;
/** About a line on screen. */
const SHORT_EXAMPLE_BYTES = 160;
/** So many keys keep a long example; together with the cap this bounds memory. */
const LONG_EXAMPLES = 20_000;

function identityOf(rule: number, level: number, http: HttpClass): number {
  return (rule + 1) * 64 + level * 6 + http;
}

/** Bytes one after the other, growing. */
class Arena {
  length = 0;
  private bytes = new Uint8Array(1 << 16);

  append(from: Uint8Array, start: number, end: number): void {
    const size = end - start;
    this.bytes = grown(this.bytes, this.length + size);
    for (let at = 0; at < size; at++) this.bytes[this.length + at] = from[start + at];
    this.length += size;
  }

  equals(start: number, end: number, text: Uint8Array, length: number): boolean {
    if (end - start !== length) return false;
    const bytes = this.bytes;
    for (let at = 0; at < length; at++) if (bytes[start + at] !== text[at]) return false;
    return true;
  }

  view(start: number, end: number): Uint8Array {
    return this.bytes.subarray(start, end);
  }

  string(start: number, end: number): string {
    return decoder.decode(this.view(start, end));
  }
}
const decoder = new TextDecoder();
