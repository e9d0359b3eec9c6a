import type { Dialect } from '../../contract/dialect.ts';
import type { ExtraColumn } from '../../contract/export.ts';
import { ENTRY_BLANK, ENTRY_RECORD } from '../read/entry.ts';
import type { ProblemList, RecordReader } from '../read/entry.ts';
import { openReader } from '../read/formats.ts';
import type { Redactor } from '../redact/redactor.ts';
import { ByteSink } from './byte-sink.ts';
import type { VerdictCells, VerdictSource } from './columns.ts';
import { recordsOf } from './join-files.ts';
import type { JoinPart } from './join-files.ts';
import { JoinedRows } from './joined-rows.ts';
import { JsonEntryRows } from './json-entry-rows.ts';
import { JsonObjectRows } from './json-object-rows.ts';
import { JsonRecordRows } from './json-record-rows.ts';
import { NormalisedRows } from './normalised-rows.ts';
import { OriginalRows } from './original-rows.ts';
import { RedactedRecords } from './redacted-records.ts';
import { RedactedTexts } from './redacted-texts.ts';
import type { RowWriter } from './row-writer.ts';

export interface RowExportOptions {
  /** Default: CSV. */
  readonly format?: 'csv' | 'jsonl';
  /** Change no byte of the original: no protection against formulas. */
  readonly raw: boolean;
  readonly extra: readonly ExtraColumn[];
  /** Only some of the rows are written; the blank lines between them are left out then. */
  readonly partial?: boolean;
  /** This file is one of several that become one output. */
  readonly join?: JoinPart;
  /** Write `line,timestamp,…` whatever the input. */
  readonly normalise?: boolean;
  /** Replaces values in every cell of the output but line numbers, recognised times, levels and verdicts. */
  readonly redactor?: Redactor | null;
}

export interface PushResult {
  /** Offset of the first byte not consumed, to be presented again with more bytes after it. */
  readonly consumed: number;
  readonly out: Uint8Array<ArrayBuffer>;
}

/**
 * Streams a file through its reader and writes CSV or JSON lines, with our columns. CSV: of CSV input each record's own bytes with our
 * columns before its own terminator; of other formats a row of `line,timestamp,source,level,log_message`. JSON lines: of JSON
 * input each object's own bytes with our fields at its end; of CSV an object of its columns; of other formats the columns above and `time`.
 */
export class RowExport {
  /** Records gone through. */
  rows = 0;
  private readonly reader: RecordReader;
  private readonly writer: RowWriter;
  private readonly suffixes: (Uint8Array | undefined)[] = [];
  private readonly verdicts: VerdictSource;
  private readonly options: RowExportOptions;
  private started = false;

  constructor(dialect: Dialect, options: RowExportOptions, verdicts: VerdictSource) {
    this.reader = openReader(dialect);
    this.options = options;
    this.verdicts = verdicts;
    this.writer = options.format === 'jsonl' ? jsonWriter(dialect, options) : csvWriter(dialect, options);
  }

  /** Cells of the original that got a leading '. */
  get formulaCells(): number {
    return this.writer.formulaCells;
  }

  get problems(): ProblemList {
    return this.reader.problems;
  }

  /** As RecordReader.push; `out` is what these bytes give. */
  push(bytes: Uint8Array, from: number, to: number, last: boolean): PushResult {
    const sink = new ByteSink(Math.ceil((to - from) * 1.5) + 1024);
    const { writer, verdicts } = this;
    if (!this.started) writer.begin(sink);
    this.started = true;
    const consumed = this.reader.push(bytes, from, to, last, (entry) => {
      if (entry.kind !== ENTRY_RECORD) {
        // What stands before a header ("sep=;") belongs to any part of the file.
        if (entry.kind !== ENTRY_BLANK || entry.end > entry.start || this.options.partial !== true) writer.other(sink, entry);
        return;
      }
      const id = verdicts.idOf(this.rows++);
      if (id >= 0) writer.row(sink, entry, this.suffix(id));
    });
    return { consumed, out: sink.take() };
  }

  private suffix(id: number): Uint8Array {
    return (this.suffixes[id] ??= this.writer.suffix(hidden(this.verdicts.cellsOf(id), this.options.redactor)));
  }
}

/** Our columns carry text of the log too: it was counted where it stands in the rows. */
function hidden(cells: VerdictCells, redactor: Redactor | null = null): VerdictCells {
  if (redactor === null) return cells;
  const { replaced } = redactor;
  const safe = { ...cells, pattern: redactor.text(cells.pattern), reason: redactor.text(cells.reason) };
  redactor.replaced = replaced;
  return safe;
}

function csvWriter(dialect: Dialect, options: RowExportOptions): RowWriter {
  const { redactor = null, join, raw } = options;
  const original = recordsOf(dialect) === 'csv' && options.normalise !== true;
  const plain = original ? new OriginalRows(dialect, options) : new NormalisedRows(options);
  const safe = redactor === null ? plain : original ? new RedactedRecords(plain, redactor, dialect) : new RedactedTexts(plain, redactor);
  return join === undefined ? safe : new JoinedRows(safe, named(join, redactor), { delimiter: original ? dialect.delimiter : ',', raw, normalised: !original, quoting: original ? dialect : {}, columns: original ? dialect.columns : [] });
}

function jsonWriter(dialect: Dialect, options: RowExportOptions): RowWriter {
  const { redactor = null, extra } = options;
  const file = options.join === undefined ? null : named(options.join, redactor).file;
  const records = options.normalise === true ? 'entries' : recordsOf(dialect);
  if (records === 'json') return new JsonObjectRows({ extra, file, redactor });
  if (records === 'entries') {
    const plain = new JsonEntryRows({ extra, file });
    return redactor === null ? plain : new RedactedTexts(plain, redactor);
  }
  const plain = new JsonRecordRows(dialect, { extra, file });
  return redactor === null ? plain : new RedactedRecords(plain, redactor, dialect);
}

function named(join: JoinPart, redactor: Redactor | null): JoinPart {
  return redactor === null ? join : { ...join, file: redactor.text(join.file) };
}
