import type { Dialect } from '../../contract/dialect.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, CR, LF, OPEN_BRACE, OPEN_BRACKET, SPACE } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { ENTRY_BLANK, ENTRY_RECORD, clearEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { ComposedMessage } from './json-composed.ts';
import { JsonElement, LONGEST_ELEMENT, UNCLOSED } from './json-element.ts';
import { JsonFields } from './json-fields.ts';
import { JsonWalk } from './json-walk.ts';
import { lineFeed } from './lines.ts';

/** Bytes that may be looked at twice because elements are broken: this many, and this many times what has been read. */
const REREAD_FREE = 16 * 1024 * 1024;
const REREAD_SHARE = 4;

/**
 * Reads a JSON document whose list of objects are the entries, or objects that follow each other, over however many lines.
 * What stands around and between them is handed over as blank. An object that never ends, or whose brackets do not match,
 * comes out line by line, up to the next that starts as far from the left as the others.
 */
export class JsonDocumentReader extends ChunkReader {
  private readonly fields: JsonFields;
  private readonly composed: ComposedMessage | null;
  private readonly walk: JsonWalk;
  private readonly element = new JsonElement();
  /** Bytes between the last line feed and the next record. */
  private column = 0;
  /** Column of the first element; −1 before it. */
  private listColumn = -1;
  /** Within what is left of a broken element. */
  private broken = false;
  private reread = 0;

  /** `compose`: paths whose values make the message, where the dialect's message is the first of them. */
  constructor(dialect: Dialect, resume?: Resume, compose: readonly string[] = []) {
    super(dialect, resume);
    const composed = compose.length > 0 && dialect.columns[dialect.roles.message] === compose[0];
    this.fields = new JsonFields(dialect, composed ? compose : []);
    this.composed = composed ? new ComposedMessage() : null;
    this.walk = new JsonWalk(dialect.path ?? '', resume !== undefined);
  }

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry, walk, broken } = this;
    entry.bytes = bytes;
    entry.start = at;
    entry.line = this.line;
    walk.save();
    const next = walk.inList ? this.inList(bytes, at, to, last) : this.outside(bytes, at, to, last);
    if (next === INCOMPLETE) {
      walk.restore();
      this.broken = broken;
      return INCOMPLETE;
    }
    entry.next = next;
    this.count(bytes, at, next);
    return next;
  }

  private inList(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { walk } = this;
    if (this.broken && this.column === 0 && this.listColumn !== 0 && walk.found && bytes[at] === OPEN_BRACE) {
      this.broken = false;
      walk.reset();
      return this.outside(bytes, at, to, last);
    }
    const gap = walk.separators(bytes, at, to, this.broken);
    if (gap === at) return this.item(bytes, at, to, last);
    if (gap === to && !last && bytes[gap - 1] !== LF && walk.inList) return INCOMPLETE;
    return this.blank(at, gap);
  }

  /** Before, after or above the list. */
  private outside(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { walk, entry } = this;
    const top = walk.depth === 0;
    if (top && bytes[at] !== OPEN_BRACE) return bytes[at] <= SPACE || bytes[at] === COMMA || bytes[at] === CLOSE_BRACKET ? this.blank(at, at + 1) : this.item(bytes, at, to, last);
    const next = walk.walk(bytes, at, to);
    const closed = walk.depth === 0 && bytes[next - 1] === CLOSE_BRACE;
    if (next === to && !last && !closed && !walk.inList && bytes[next - 1] !== LF) return INCOMPLETE;
    this.blank(at, next);
    if (!closed || walk.found) return next;
    if (top) this.fill(at, next);
    else this.problems.add(entry.line, 'bad-json', 'An object without the list that the others have ends here. It is left out.');
    return next;
  }

  /** What stands where an element is expected. */
  private item(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    if (bytes[at] !== OPEN_BRACE && bytes[at] !== OPEN_BRACKET) return this.wholeLine(bytes, at, to, last);
    const byLine = this.reread > REREAD_FREE + REREAD_SHARE * (this.origin + at);
    const limit = byLine ? lineFeed(bytes, at, to) : Math.min(to, at + LONGEST_ELEMENT);
    const end = this.element.end(bytes, at, limit);
    if (end === UNCLOSED && limit === to && !last) return INCOMPLETE;
    if (end < 0) {
      const next = this.wholeLine(bytes, at, to, last);
      if (next !== INCOMPLETE) this.reread += this.element.reach;
      return next;
    }
    if (this.listColumn < 0) this.listColumn = this.column;
    if (this.column === this.listColumn) this.broken = false;
    this.fill(at, end);
    return end;
  }

  /** The rest of the line as an entry of its own: it is no element, or starts one that is broken. */
  private wholeLine(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry } = this;
    let end = lineFeed(bytes, at, to);
    if (end === to && !last) return INCOMPLETE;
    const next = Math.min(to, end + 1);
    if (end > at && bytes[end - 1] === CR) end--;
    entry.kind = ENTRY_RECORD;
    entry.end = end;
    clearEntry(entry);
    entry.messageEnd = end;
    if (!this.broken) this.problems.add(entry.line, bytes[next - 1] === LF ? 'bad-json' : 'cut-short', 'An object that ends properly was expected here. What follows comes out line by line, up to the next one.');
    this.broken = this.walk.inList;
    return next;
  }

  private fill(at: number, end: number): void {
    const { entry, fields, composed } = this;
    entry.kind = ENTRY_RECORD;
    entry.end = end;
    clearEntry(entry);
    entry.messageEnd = end;
    if (!fields.read(entry, entry.bytes, at, end)) this.problems.add(entry.line, 'bad-json', 'This is no JSON object. It is kept whole as the message.');
    else if (composed !== null && fields.hasMessage) composed.make(entry, fields);
  }

  private blank(at: number, next: number): number {
    const { entry } = this;
    entry.kind = ENTRY_BLANK;
    entry.end = entry.next = next;
    clearEntry(entry);
    entry.start = at;
    return next;
  }

  private count(bytes: Uint8Array, at: number, next: number): void {
    for (let p = at; p < next; p++) {
      if (bytes[p] === LF) {
        this.line++;
        this.column = 0;
      } else this.column++;
    }
  }
}
