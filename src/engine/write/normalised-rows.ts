import { LEVELS } from '../../contract/level.ts';
import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { csvSuffix, ownCells, ownColumnNames } from './columns.ts';
import type { VerdictCells } from './columns.ts';
import type { ExtraColumn } from '../../contract/export.ts';
import { isFormula } from './formula.ts';
import type { RowWriter } from './row-writer.ts';

const COLUMNS = ['line', 'timestamp', 'source', 'level', 'log_message'];
const COMMA = 44;
const LF = 10;
const CR = 13;
const QUOTE = 34;
const SPACE = 32;
const APOSTROPHE = 39;

/** Any log in, CSV out: one row per entry, with the message's own bytes, quoted where CSV must. */
export class NormalisedRows implements RowWriter {
  formulaCells = 0;
  private readonly raw: boolean;
  private readonly extra: readonly ExtraColumn[];
  private readonly levels: readonly Uint8Array[];

  constructor(options: { readonly raw: boolean; readonly extra: readonly ExtraColumn[] }) {
    this.raw = options.raw;
    this.extra = options.extra;
    const encoder = new TextEncoder();
    this.levels = LEVELS.map((level) => encoder.encode(level));
  }

  begin(sink: ByteSink): void {
    sink.all(new TextEncoder().encode(COLUMNS.join(',')));
    sink.all(csvSuffix(ownColumnNames(this.extra, COLUMNS), ',', true));
    sink.byte(LF);
  }

  suffix(cells: VerdictCells): Uint8Array {
    return csvSuffix(ownCells(cells, this.extra), ',', this.raw);
  }

  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    writeNumber(sink, entry.line);
    sink.byte(COMMA);
    this.cell(sink, entry.timeText, entry.timeStart, entry.timeEnd);
    sink.byte(COMMA);
    this.cell(sink, entry.sourceText, entry.sourceStart, entry.sourceEnd);
    sink.byte(COMMA);
    sink.all(this.levels[entry.level]);
    sink.byte(COMMA);
    this.cell(sink, entry.text, entry.messageStart, entry.messageEnd);
    sink.all(suffix);
    sink.byte(LF);
  }

  other(): void {
    // A blank line between JSON objects is no entry and has no row.
  }

  private cell(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
    const formula = !this.raw && from < to && isFormula(bytes, from, to);
    if (formula) this.formulaCells++;
    if (!needsQuotes(bytes, from, to)) {
      if (formula) sink.byte(APOSTROPHE);
      sink.copy(bytes, from, to);
      return;
    }
    sink.byte(QUOTE);
    if (formula) sink.byte(APOSTROPHE);
    let done = from;
    for (let p = from; p < to; p++) {
      if (bytes[p] !== QUOTE) continue;
      sink.copy(bytes, done, p + 1);
      done = p;
    }
    sink.copy(bytes, done, to);
    sink.byte(QUOTE);
  }
}

function needsQuotes(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return false;
  if (bytes[from] === SPACE || bytes[to - 1] === SPACE) return true;
  for (let p = from; p < to; p++) {
    const byte = bytes[p];
    if (byte <= COMMA && (byte === COMMA || byte === QUOTE || byte === LF || byte === CR)) return true;
  }
  return false;
}

/** A positive integer in decimal digits. */
function writeNumber(sink: ByteSink, value: number): void {
  let divisor = 1;
  while (value / divisor >= 10) divisor *= 10;
  for (; divisor >= 1; divisor /= 10) sink.byte(48 + (Math.floor(value / divisor) % 10));
}
