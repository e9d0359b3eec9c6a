import type { Dialect } from '../../contract/dialect.ts';
import { OPEN_BRACE } from './ascii.ts';
import { clearEntry, newEntry } from './entry.ts';
import type { Entry } from './entry.ts';
import { LineHeader } from './header.ts';
import { JsonFields } from './json-fields.ts';

/**
 * A line of a log that came wrapped in a record of another: its message is that of the inner line, and its time, level and
 * source are the inner line's where that has them. The inner line may be a JSON object itself: its fields are the dialect's
 * columns that begin with `path` and a dot.
 */
export class InnerLine {
  private readonly line: Entry = newEntry();
  private readonly header: LineHeader;
  private readonly fields: JsonFields | undefined;

  constructor(dialect: Dialect, path: string) {
    this.header = new LineHeader(dialect.assumedYear, dialect.dayFirst, dialect.zone);
    const lead = `${path}.`;
    const within = (column: string): boolean => column.startsWith(lead);
    if (!dialect.columns.some(within)) return;
    this.fields = new JsonFields({ ...dialect, columns: dialect.columns.map((column) => (within(column) ? column.slice(lead.length) : '')) });
  }

  /** Reads the inner line text[from, to), and books what it says in the entry. The text must stay as it is during the visit. */
  read(entry: Entry, text: Uint8Array, from: number, to: number): void {
    const { line, fields } = this;
    line.bytes = text;
    line.start = from;
    line.end = to;
    clearEntry(line);
    line.messageEnd = to;
    if (fields === undefined || text[from] !== OPEN_BRACE || from === to || !fields.read(line, text, from, to)) this.header.read(line);
    entry.text = line.text;
    entry.messageStart = line.messageStart;
    entry.messageEnd = line.messageEnd;
    if (line.level > 0) entry.level = line.level;
    if (line.sourceEnd > line.sourceStart) {
      entry.sourceText = line.sourceText;
      entry.sourceStart = line.sourceStart;
      entry.sourceEnd = line.sourceEnd;
    }
    if (Number.isNaN(line.time)) return;
    entry.time = line.time;
    entry.timeText = line.timeText;
    entry.timeStart = line.timeStart;
    entry.timeEnd = line.timeEnd;
  }
}
