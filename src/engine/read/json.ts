import { ROLES } from '../../contract/dialect.ts';
import type { Dialect, Role } from '../../contract/dialect.ts';
import { CR, SPACE, TAB } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { ENTRY_BLANK, ENTRY_RECORD, clearEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { JSON_ESCAPED, JSON_NONE, JSON_OTHER, JsonScanner } from './json-scan.ts';
import { JsonText } from './json-text.ts';
import { levelOf, numberedLevel } from './levels.ts';
import { lineFeed } from './lines.ts';
import { Stamps } from './stamps.ts';

const MESSAGE = ROLES.indexOf('message');
const SOURCE = ROLES.indexOf('source');
const TIME = ROLES.indexOf('time');
const LEVEL = ROLES.indexOf('level');
const LABEL = ROLES.indexOf('label');

/**
 * Reads one JSON object per line. A line without the message's field, or that is no object, is its own message;
 * the latter is listed.
 */
export class JsonReader extends ChunkReader {
  private readonly scanner: JsonScanner;
  private readonly stamps: Stamps;
  private readonly texts = ROLES.map(() => new JsonText());
  private readonly absent: readonly boolean[];
  /** What the spans of the scanner refer to. */
  private scanned: Uint8Array = new Uint8Array(0);
  /** The value last read by `value`. */
  private text: Uint8Array = new Uint8Array(0);
  private from = 0;
  private to = 0;

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    const path = (role: Role): string => dialect.columns[dialect.roles[role]] ?? '';
    this.scanner = new JsonScanner(ROLES.map(path));
    this.absent = ROLES.map((role) => path(role) === '');
    this.stamps = new Stamps(dialect.assumedYear, dialect.dayFirst);
  }

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry } = this;
    let end = lineFeed(bytes, at, to);
    if (end === to && !last) return INCOMPLETE;
    entry.next = Math.min(to, end + 1);
    if (end > at && bytes[end - 1] === CR) end--;
    entry.bytes = bytes;
    entry.start = at;
    entry.end = end;
    entry.line = this.line++;
    clearEntry(entry);
    entry.kind = isBlank(bytes, at, end) ? ENTRY_BLANK : ENTRY_RECORD;
    if (entry.kind === ENTRY_BLANK) return entry.next;
    this.scanned = bytes;
    if (this.scanner.scan(bytes, at, end) || this.slowly(bytes, at, end)) this.fill();
    else {
      this.problems.add(entry.line, 'bad-json', 'The line is no JSON object. It is kept whole as the message.');
      entry.messageEnd = end;
    }
    return entry.next;
  }

  /** What the scanner refuses may still be JSON (escaped keys): it is written anew and scanned again. */
  private slowly(bytes: Uint8Array, at: number, end: number): boolean {
    let object: unknown;
    try {
      object = JSON.parse(new TextDecoder().decode(bytes.subarray(at, end)));
    } catch {
      return false;
    }
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return false;
    const again = new TextEncoder().encode(JSON.stringify(object));
    if (!this.scanner.scan(again, 0, again.length)) return false;
    this.scanned = again;
    return true;
  }

  private fill(): void {
    const { entry } = this;
    const bytes = this.scanned;
    if (this.value(bytes, MESSAGE)) {
      entry.text = this.text;
      entry.messageStart = this.from;
      entry.messageEnd = this.to;
    } else entry.messageEnd = entry.end;
    if (this.value(bytes, SOURCE)) {
      entry.sourceText = this.text;
      entry.sourceStart = this.from;
      entry.sourceEnd = this.to;
    }
    if (this.value(bytes, LABEL)) {
      entry.labelText = this.text;
      entry.labelStart = this.from;
      entry.labelEnd = this.to;
    }
    if (this.value(bytes, LEVEL)) entry.level = this.scanner.kinds[LEVEL] === JSON_OTHER ? numberedLevel(toNumber(this.text, this.from, this.to)) : levelOf(this.text, this.from, this.to);
    if (this.value(bytes, TIME)) {
      entry.timeText = this.text;
      entry.timeStart = this.from;
      entry.timeEnd = this.to;
      entry.time = this.scanner.kinds[TIME] === JSON_OTHER ? epochOf(toNumber(this.text, this.from, this.to)) : this.stamps.whole(this.text, this.from, this.to);
    }
  }

  /** Puts the value of a role into text[from, to); false where the line has none. */
  private value(bytes: Uint8Array, role: number): boolean {
    const { scanner } = this;
    const kind = scanner.kinds[role];
    if (this.absent[role] || kind === JSON_NONE) return false;
    this.text = bytes;
    this.from = scanner.starts[role];
    this.to = scanner.ends[role];
    if (kind === JSON_ESCAPED) {
      this.to = this.texts[role].unescape(bytes, this.from, this.to);
      this.from = 0;
      this.text = this.texts[role].bytes;
    }
    return true;
  }
}

/** Milliseconds of a number of seconds, milliseconds, microseconds or nanoseconds since 1970, told by its size. */
function epochOf(value: number): number {
  if (!(value >= 1e8)) return NaN;
  // A thousandth of a millisecond makes good what the product loses: 1741910400.57 is 569.9998 ms past the second.
  if (value < 1e11) return Math.floor(value * 1000 + 1e-3);
  if (value < 1e14) return Math.floor(value);
  return Math.floor(value < 1e17 ? value / 1e3 : value / 1e6);
}

function toNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let p = from; p < to; p++) {
    if (bytes[p] < 48 || bytes[p] > 57) return Number(new TextDecoder().decode(bytes.subarray(from, to)));
    value = value * 10 + bytes[p] - 48;
  }
  return value;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if (bytes[p] !== SPACE && bytes[p] !== TAB) return false;
  return true;
}
