import type { Dialect, Grouping } from '../../contract/dialect.ts';
import { CR, LF, SPACE, TAB } from './ascii.ts';
import { newEntry } from './entry.ts';
import { LineHeader } from './header.ts';
import { GOROUTINE, INDENTED, LINK, NO_TRACE, PYTHON_FRAME, STACK, TRACEBACK, traceLine } from './trace-lines.ts';

const SAMPLE_LINES = 1000;
/** Share of lines with a header, of those that begin with no blank, from which on indented lines are taken for parts of the entries before them. */
const HEADED = 0.5;

/**
 * How the lines of a sample make entries, unless a person says otherwise. 'trace' where most lines have a header (then what is
 * indented or has the form of a stack trace goes on with them), or where there are stack traces; else 'line': command output, configuration
 * and lists are indented too, and their lines say different things. Never 'headed': a line without a header among those that have one
 * is as often a program's last words on another channel as a further line of what was said before, and must not be lost among them.
 * @param dialect its shape, line ends and assumed year count
 */
export function groupingOf(sample: Uint8Array, dialect: Dialect): Grouping {
  const header = dialect.shape === '' ? null : new LineHeader(dialect.assumedYear, dialect.dayFirst, dialect.zone);
  const entry = newEntry();
  const newline = dialect.loneCr ? CR : LF;
  let lines = 0;
  let headed = 0;
  entry.bytes = sample;
  for (let at = 0, seen = 0; at < sample.length && seen < SAMPLE_LINES; at = entry.end + 1, seen++) {
    const end = sample.indexOf(newline, at);
    entry.start = at;
    entry.end = end < 0 ? sample.length : end;
    const stop = entry.end > at && sample[entry.end - 1] === CR ? entry.end - 1 : entry.end;
    if (stop === at) continue;
    if (ofTrace(sample, at, stop)) return 'trace';
    if (sample[at] === SPACE || sample[at] === TAB) continue;
    lines++;
    header?.read(entry);
    if (header !== null && header.kind !== '') headed++;
  }
  return headed > 0 && headed >= HEADED * lines ? 'trace' : 'line';
}

/** Nothing but a stack trace has such a line. */
function ofTrace(sample: Uint8Array, at: number, stop: number): boolean {
  const kind = traceLine(sample, at, stop);
  if (kind === NO_TRACE || kind === INDENTED || kind === LINK || kind === STACK) return false;
  return kind === PYTHON_FRAME || kind === TRACEBACK || kind === GOROUTINE || sample[at] === SPACE || sample[at] === TAB;
}
