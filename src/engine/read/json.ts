import type { Dialect } from '../../contract/dialect.ts';
import { OPEN_BRACE, PIPE, SPACE, TAB } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { ENTRY_BLANK, clearEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { LineHeader } from './header.ts';
import { JsonFields } from './json-fields.ts';
import { takeLine } from './lines.ts';

/** Shape of a dialect whose file has other lines between those that are objects, or text before the objects. */
export const MIXED = 'mixed';
/** Text before an object may be this long. */
export const LONGEST_PREFIX = 400;
/** Record separator, before each object of a JSON text sequence (RFC 7464). */
export const RS = 0x1e;

/**
 * Reads one JSON object per line. A line without the message's field, or that is no object, is its own message; the latter is
 * listed. Where the file is mixed, other lines are lines with whatever header they have, and an object may have text before
 * it, whose time, level and source hold where the object names none.
 */
export class JsonReader extends ChunkReader {
  private readonly fields: JsonFields;
  private readonly header: LineHeader;
  private readonly mixed: boolean;

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    this.fields = new JsonFields(dialect);
    this.header = new LineHeader(dialect.assumedYear, dialect.dayFirst, dialect.zone);
    this.mixed = dialect.shape === MIXED;
  }

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry } = this;
    if (!takeLine(entry, bytes, at, to, last)) return INCOMPLETE;
    const { end } = entry;
    entry.line = this.line++;
    let p = at;
    while (p < end && (bytes[p] === SPACE || bytes[p] === TAB || bytes[p] === RS)) p++;
    if (p === end) {
      entry.kind = ENTRY_BLANK;
      return entry.next;
    }
    entry.messageEnd = end;
    if (bytes[p] === OPEN_BRACE && this.fields.read(entry, bytes, p, end)) return entry.next;
    if (!this.mixed || looksCut(bytes, p, end)) this.problems.add(entry.line, 'bad-json', 'The line is no JSON object. It is kept whole as the message.');
    else if (!this.prefixed(p, end)) this.header.read(entry);
    return entry.next;
  }

  /** Reads text and the object after it; false where there is no object with a message at the line's end. */
  private prefixed(at: number, end: number): boolean {
    const { entry, fields } = this;
    const { bytes } = entry;
    const brace = objectAt(bytes, at, end);
    if (brace < 0 || bytes[at] === OPEN_BRACE) return false;
    entry.end = brace;
    this.header.read(entry);
    entry.end = end;
    if (entry.sourceEnd === entry.sourceStart) this.containerName(at, brace);
    entry.messageStart = entry.start;
    entry.messageEnd = end;
    if (fields.read(entry, bytes, brace, end) && fields.hasMessage) return true;
    clearEntry(entry);
    return false;
  }

  /** Docker Compose names the container before a bar: "web-1  | {…}". */
  private containerName(at: number, brace: number): void {
    const { entry } = this;
    const { bytes } = entry;
    let p = at;
    while (p < brace && bytes[p] !== SPACE && bytes[p] !== PIPE) p++;
    const nameEnd = p;
    while (p < brace && bytes[p] === SPACE) p++;
    if (bytes[p] !== PIPE) return;
    entry.sourceText = bytes;
    entry.sourceStart = at;
    entry.sourceEnd = nameEnd;
  }
}

/** The line starts as an object with fields does, and was not read as one. */
function looksCut(bytes: Uint8Array, at: number, end: number): boolean {
  let p = at + 1;
  while (p < end && bytes[p] === SPACE) p++;
  return bytes[at] === OPEN_BRACE && bytes[p] === 34;
}

/** Offset of the first brace in the line, if it ends with one; else −1. */
function objectAt(bytes: Uint8Array, at: number, end: number): number {
  let close = end;
  while (close > at && (bytes[close - 1] === SPACE || bytes[close - 1] === TAB)) close--;
  if (bytes[close - 1] !== 125) return -1;
  const limit = Math.min(end, at + LONGEST_PREFIX);
  for (let p = at; p < limit; p++) if (bytes[p] === OPEN_BRACE) return p;
  return -1;
}
