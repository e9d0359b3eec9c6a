import { ROLES } from '../../contract/dialect.ts';
import type { Dialect, Role } from '../../contract/dialect.ts';
import { PLUS } from './ascii.ts';
import type { Entry } from './entry.ts';
import { ByteList } from './json-bytes.ts';
import { alternatesOf } from './json-paths.ts';
import { JSON_ESCAPED, JSON_NONE, JSON_OTHER, JsonScanner } from './json-scan.ts';
import { JsonText } from './json-text.ts';
import { levelScale } from './level-scale.ts';
import { levelOf } from './levels.ts';
import { Stamps } from './stamps.ts';

const MESSAGE = ROLES.indexOf('message');
const SOURCE = ROLES.indexOf('source');
const TIME = ROLES.indexOf('time');
const LEVEL = ROLES.indexOf('level');
const LABEL = ROLES.indexOf('label');

/** Fills an entry from the fields of one JSON object: those of the dialect's roles, and where the object lacks one, the next that could stand for it. */
export class JsonFields {
  /** The last object had a message. */
  hasMessage = false;
  /** Beginning and end of the value last read by `value`, in `text`. */
  from = 0;
  to = 0;
  text: Uint8Array = new Uint8Array(0);
  /** Path asked for, per slot: the roles' first, then their alternates, then those asked for besides. */
  private readonly paths: readonly string[];
  private readonly scanner: JsonScanner;
  private readonly stamps: Stamps;
  private readonly texts: readonly JsonText[];
  private readonly list = new ByteList();
  /** Slots per role, the surest first. */
  private readonly slots: readonly (readonly number[])[];
  private readonly scales: readonly ((value: number) => number)[];
  private readonly levelOfNone: number;
  /** What the spans of the scanner refer to. */
  private scanned: Uint8Array = new Uint8Array(0);

  /** `more`: further paths, whose values `value` reads by their index in `extra`. */
  constructor(dialect: Dialect, more: readonly string[] = []) {
    const paths: string[] = [];
    const slotOf = (path: string): number => paths.push(path) - 1;
    const own = (role: Role): string => dialect.columns[dialect.roles[role]] ?? '';
    const first = ROLES.map((role) => slotOf(own(role)));
    this.slots = ROLES.map((role, at) => [...(own(role) === '' ? [] : [first[at]]), ...alternatesOf(dialect, role).map(slotOf)]);
    this.extra = more.map(slotOf);
    this.paths = paths;
    this.scanner = new JsonScanner(paths);
    this.texts = paths.map(() => new JsonText());
    this.stamps = new Stamps(dialect.assumedYear, dialect.dayFirst, dialect.zone);
    this.scales = paths.map(levelScale);
    this.levelOfNone = dialect.columns.includes('@t') && dialect.columns.some((path) => path === '@mt' || path === '@m') ? 3 : 0;
  }

  /** Slots of the paths asked for besides. */
  readonly extra: readonly number[];

  /** Reads the object that bytes[from, to) are; false where they are none. An absent message leaves the entry's as it is. */
  read(entry: Entry, bytes: Uint8Array, from: number, to: number): boolean {
    this.hasMessage = false;
    this.scanned = bytes;
    if (!this.scanner.scan(bytes, from, to) && !this.slowly(bytes, from, to)) return false;
    if (this.role(MESSAGE) >= 0) {
      this.hasMessage = true;
      entry.text = this.text;
      entry.messageStart = this.from;
      entry.messageEnd = this.to;
    }
    if (this.role(SOURCE) >= 0) {
      entry.sourceText = this.text;
      entry.sourceStart = this.from;
      entry.sourceEnd = this.to;
    }
    if (this.role(LABEL) >= 0) {
      entry.labelText = this.text;
      entry.labelStart = this.from;
      entry.labelEnd = this.to;
    }
    this.levelAndTime(entry);
    return true;
  }

  private levelAndTime(entry: Entry): void {
    const level = this.role(LEVEL);
    if (level >= 0) entry.level = this.scanner.kinds[level] === JSON_OTHER ? this.scales[level](toNumber(this.text, this.from, this.to)) : levelOf(this.text, this.from, shifted(this.text, this.from, this.to));
    else if (this.levelOfNone > 0) entry.level = this.levelOfNone;
    const time = this.role(TIME);
    if (time < 0) return;
    entry.timeText = this.text;
    entry.timeStart = this.from;
    entry.timeEnd = this.to;
    entry.time = this.scanner.kinds[time] === JSON_OTHER ? epochOf(toNumber(this.text, this.from, this.to)) : this.stamps.whole(this.text, this.from, this.to);
  }

  /** Puts the value of a slot into text[from, to); false where the object has none. */
  value(slot: number): boolean {
    const { scanner } = this;
    const kind = scanner.kinds[slot];
    if (kind === JSON_NONE || this.paths[slot] === '') return false;
    this.text = this.scanned;
    this.from = scanner.starts[slot];
    this.to = scanner.ends[slot];
    if (kind === JSON_ESCAPED) {
      this.to = this.texts[slot].unescape(this.scanned, this.from, this.to);
      this.from = 0;
      this.text = this.texts[slot].bytes;
    }
    return true;
  }

  /** As `value`, of the first of a role's slots that has one; its number, -1 where none has. */
  private role(role: number): number {
    for (const slot of this.slots[role]) {
      if (!this.value(slot)) continue;
      // journald writes text that is no UTF-8, or holds control characters, as a list of bytes.
      if (role === MESSAGE && this.scanner.kinds[slot] === JSON_OTHER && this.list.read(this.text, this.from, this.to)) {
        this.text = this.list.bytes;
        this.from = 0;
        this.to = this.list.length;
      }
      return slot;
    }
    return -1;
  }

  /** What the scanner refuses may still be JSON (escaped keys): it is written anew and scanned again. */
  private slowly(bytes: Uint8Array, at: number, end: number): boolean {
    try {
      const object: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(at, end)));
      if (typeof object !== 'object' || object === null || Array.isArray(object)) return false;
      this.scanned = new TextEncoder().encode(JSON.stringify(object));
    } catch {
      // No JSON, or nested too deeply to be written.
      return false;
    }
    return this.scanner.scan(this.scanned, 0, this.scanned.length);
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

/** End of the level's name where a shift follows, as Go's slog writes it: INFO+2. */
function shifted(bytes: Uint8Array, from: number, to: number): number {
  for (let p = from + 1; p < to; p++) if (bytes[p] === PLUS) return p;
  return to;
}
