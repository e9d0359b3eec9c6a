import { OPEN_BRACKET, SPACE, trimEnd } from '../ascii.ts';
import { clearEntry } from '../entry.ts';
import type { Entry } from '../entry.ts';
import { closingBracket } from '../header-words.ts';
import { levelWord } from '../levels.ts';
import { lineFormat } from '../line-format.ts';
import { LineReader } from '../lines.ts';
import type { HeaderReader } from '../lines.ts';
import { Stamps } from '../stamps.ts';

/** "[2024-01-02T03:04:05.678+0000][0.006s][info][gc,init] message": decorations in brackets, most of which may be missing. */
class JvmHeader implements HeaderReader {
  kind: 'jvm' | '' = '';
  private readonly stamps: Stamps;

  constructor(stamps: Stamps) {
    this.stamps = stamps;
  }

  read(entry: Entry): void {
    const { bytes, start, end } = entry;
    clearEntry(entry);
    let at = start;
    while (bytes[at] === OPEN_BRACKET && entry.sourceEnd === entry.sourceStart) {
      const close = closingBracket(bytes, at, end);
      if (close < 0) break;
      this.decoration(entry, at + 1, trimEnd(bytes, at + 1, close));
      at = close + 1;
    }
    this.kind = entry.level > 0 ? 'jvm' : '';
    if (this.kind === '') clearEntry(entry);
    else entry.messageStart = bytes[at] === SPACE && at < end ? at + 1 : at;
    entry.messageEnd = end;
  }

  private decoration(entry: Entry, from: number, to: number): void {
    if (entry.level > 0) {
      entry.sourceStart = from;
      entry.sourceEnd = to;
    } else if ((entry.level = levelWord(entry.bytes, from, to)) === 0 && Number.isNaN(entry.time)) {
      entry.time = this.stamps.at(entry.bytes, from, to);
      entry.timeStart = from;
      entry.timeEnd = this.stamps.end;
    }
  }
}

/** What Java's runtime logs with -Xlog, on garbage collection for example (JEP 158). Its tags are the source. */
export const jvmFormat = lineFormat({
  name: 'JVM log (-Xlog)',
  line: /^(?:\[[^\]]{1,40}\])*\[(?:trace|debug|info|warning|error) *\]\[[a-z][a-z0-9,+]* *\] /,
  open: (dialect, resume) => new LineReader(dialect, resume, new JvmHeader(new Stamps(dialect.assumedYear, dialect.dayFirst, dialect.zone))),
});
