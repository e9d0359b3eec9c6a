import type { Dialect } from '../../contract/dialect.ts';
import { CR, HASH, LF } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { cellContent } from './csv-cells.ts';
import type { CellContent } from './csv-cells.ts';
import { isPreamble } from './csv-preamble.ts';
import { CsvScanner, NEVER_CLOSED, afterTerminator } from './csv-scan.ts';
import { CELL_PLAIN, ENTRY_BLANK, ENTRY_HEADER, ENTRY_RECORD, clearEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { startsWith } from './header-words.ts';
import { levelOf } from './levels.ts';
import { Stamps } from './stamps.ts';

/** Bytes that may be scanned twice because quotes never close: this many, and this many times what has been read. */
const REREAD_FREE = 64 * 1024 * 1024;
const REREAD_SHARE = 4;
const LOWER_S = 115;
const AUDIT = 'Audit ';
/** Bytes that tell whether a line before the header is one. */
const PREAMBLE_MARK = 4;

/**
 * Reads CSV of any one-byte delimiter; the grammar is in csv-scan.ts. A record whose quote never closes is cut
 * to its first physical line. Where the message is the last column, is not quoted and the record is too long,
 * the message includes the extra cells: it was a comma in a sentence.
 */
export class CsvReader extends ChunkReader {
  private readonly scanner: CsvScanner;
  private readonly stamps: Stamps;
  private readonly roles: Dialect['roles'];
  private readonly message: CellContent;
  private readonly source: CellContent;
  private readonly other: CellContent;
  private readonly label: CellContent;
  /** Cells that a record should have. */
  private width: number;
  private headerDue: boolean;
  private readonly firstName: string;
  private reread = 0;
  /** No cell may span lines any more. */
  private byLine = false;

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    this.scanner = new CsvScanner(dialect.delimiter.charCodeAt(0), (dialect.quote ?? '"').charCodeAt(0), dialect.backslash);
    this.message = cellContent(dialect);
    this.source = cellContent(dialect);
    this.other = cellContent(dialect);
    this.label = cellContent(dialect);
    this.stamps = new Stamps(dialect.assumedYear, dialect.dayFirst, dialect.zone);
    this.roles = dialect.roles;
    this.width = dialect.columns.length;
    this.headerDue = dialect.header && !resume;
    this.firstName = dialect.columns[0] ?? '';
  }

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry, scanner } = this;
    entry.bytes = bytes;
    entry.start = at;
    entry.line = this.line;
    if (bytes[at] === LF || bytes[at] === CR) return this.blank(at, to, last);
    if (this.headerDue && (bytes[at] === HASH || bytes[at] === LOWER_S)) {
      if (!last && to - at < PREAMBLE_MARK) return INCOMPLETE;
      if (isPreamble(bytes, at, to, this.firstName)) return this.blank(at, to, last);
    }
    let next = scanner.scan(bytes, at, to, last, this.byLine);
    if (next === NEVER_CLOSED) {
      const { reach } = scanner;
      next = scanner.scan(bytes, at, to, last, true);
      if (next !== INCOMPLETE) this.neverClosed(at, reach);
    } else if (next !== INCOMPLETE && scanner.strayQuotes + scanner.openQuotes > 0) {
      this.problems.add(this.line, this.byLine ? 'open-quote' : 'stray-quote', 'A quote neither opens nor closes a cell. It is kept as it is.');
    }
    if (next === INCOMPLETE) return INCOMPLETE;
    entry.end = scanner.end;
    entry.next = next;
    entry.fields = scanner.fields;
    entry.cells = scanner.cells;
    entry.forms = scanner.forms;
    this.line += 1 + scanner.innerLines;
    if (this.headerDue) this.header();
    else this.row();
    return next;
  }

  /** A line without a record: an empty one, or one before the header. */
  private blank(at: number, to: number, last: boolean): number {
    const { entry } = this;
    let end = at;
    while (end < to && entry.bytes[end] !== LF && entry.bytes[end] !== CR) end++;
    if (end === to && !last) return INCOMPLETE;
    const next = afterTerminator(entry.bytes, end, to, last);
    if (next === INCOMPLETE) return INCOMPLETE;
    entry.kind = ENTRY_BLANK;
    entry.end = end;
    entry.next = next;
    entry.fields = 0;
    clearEntry(entry);
    this.line++;
    return next;
  }

  private header(): void {
    this.headerDue = false;
    // Rows are read again without the header, so it must not say more than the dialect does.
    this.width ||= this.entry.fields;
    this.entry.kind = ENTRY_HEADER;
    clearEntry(this.entry);
  }

  private row(): void {
    const { entry, roles, message, source, other, label } = this;
    entry.kind = ENTRY_RECORD;
    if (entry.fields !== this.width) this.problems.add(entry.line, entry.fields < this.width ? 'short-row' : 'long-row', `${entry.fields} cells, ${this.width} expected.`);
    message.read(entry, roles.message);
    entry.text = message.text;
    entry.messageStart = message.start;
    entry.messageEnd = message.end;
    if (entry.fields > this.width && roles.message === this.width - 1 && entry.forms[roles.message] === CELL_PLAIN) {
      entry.text = entry.bytes;
      entry.messageStart = entry.cells[2 * roles.message];
      entry.messageEnd = entry.end;
    }
    source.read(entry, roles.source);
    source.trim();
    entry.sourceText = source.text;
    entry.sourceStart = source.start;
    entry.sourceEnd = source.end;
    entry.level = 0;
    if (roles.level >= 0) {
      other.read(entry, roles.level);
      other.trim();
      entry.level = levelOf(other.text, other.start, other.end) || auditLevel(other.text, other.start, other.end);
    }
    entry.time = NaN;
    other.read(entry, roles.time);
    other.trim();
    if (other.end > other.start) entry.time = this.stamps.whole(other.text, other.start, other.end);
    entry.timeText = other.text;
    entry.timeStart = other.start;
    entry.timeEnd = other.end;
    label.read(entry, roles.label);
    label.trim();
    entry.labelText = label.text;
    entry.labelStart = label.start;
    entry.labelEnd = label.end;
  }

  /** Books a record whose quote never closes. Once too much has been read twice, no cell may span lines any more. */
  private neverClosed(at: number, reach: number): void {
    this.problems.add(this.line, 'open-quote', 'A quote is opened here and never properly closed. The line is kept as it is, as a record of its own.');
    this.reread += reach;
    if (this.byLine || this.reread <= REREAD_FREE + REREAD_SHARE * (this.origin + at + reach)) return;
    this.byLine = true;
    this.problems.add(this.line, 'open-quote', 'Too many quotes never close: from here on no cell may span lines.');
  }
}

/** Windows' security log has "Audit Success" or "Audit Failure" for a level: what counts is the second word. */
function auditLevel(bytes: Uint8Array, from: number, to: number): number {
  const second = from + AUDIT.length;
  return startsWith(bytes, from, to, AUDIT) ? levelOf(bytes, second, to) : 0;
}
