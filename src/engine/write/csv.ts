import type { Dialect } from '../../contract/dialect.ts';
import { ENTRY_BLANK, ENTRY_RECORD } from '../read/entry.ts';
import type { ProblemList, RecordReader } from '../read/entry.ts';
import { openReader } from '../read/formats.ts';
import { ByteSink } from './byte-sink.ts';
import { csvSuffix, ownCells } from './columns.ts';
import type { VerdictSource } from './columns.ts';
import type { ExtraColumn } from '../../contract/export.ts';
import type { JoinPart } from './join-files.ts';
import { JoinedRows } from './joined-rows.ts';
import { NormalisedRows } from './normalised-rows.ts';
import { OriginalRows } from './original-rows.ts';
import type { RowWriter } from './row-writer.ts';

export interface CsvExportOptions {
  /** Change no byte of the original: no protection against formulas. */
  readonly raw: boolean;
  readonly extra: readonly ExtraColumn[];
  /** Only some of the rows are written; the blank lines between them are left out then. */
  readonly partial?: boolean;
  /** This file is one of several that become one CSV. */
  readonly join?: JoinPart;
  /** Write `line,timestamp,…` for CSV input too. */
  readonly normalise?: boolean;
}

export interface ExportStep {
  /** Offset of the first byte not consumed, to be presented again with more bytes after it. */
  readonly consumed: number;
  readonly out: Uint8Array<ArrayBuffer>;
}

/**
 * Streams a file through its reader and writes CSV: of CSV input each record's own bytes with our columns before
 * its own terminator; of other formats a row of `line,timestamp,source,level,log_message` and our columns.
 */
export class CsvExport {
  /** Records gone through. */
  rows = 0;
  private readonly reader: RecordReader;
  private readonly writer: RowWriter;
  private readonly suffixes: (Uint8Array | undefined)[] = [];
  private readonly verdicts: VerdictSource;
  private readonly options: CsvExportOptions;
  private readonly delimiter: string;
  private started = false;

  constructor(dialect: Dialect, options: CsvExportOptions, verdicts: VerdictSource) {
    this.reader = openReader(dialect);
    this.options = options;
    this.verdicts = verdicts;
    const original = dialect.format === 'csv' && options.normalise !== true;
    this.delimiter = original ? dialect.delimiter : ',';
    const writer = original ? new OriginalRows(dialect, options) : new NormalisedRows(options);
    this.writer = options.join === undefined ? writer : new JoinedRows(writer, options.join, this.delimiter, options.raw);
  }

  /** Cells of the original that got a leading '. */
  get formulaCells(): number {
    return this.writer.formulaCells;
  }

  get problems(): ProblemList {
    return this.reader.problems;
  }

  /** As RecordReader.push; `out` is what these bytes give. */
  push(bytes: Uint8Array, from: number, to: number, last: boolean): ExportStep {
    const sink = new ByteSink(Math.ceil((to - from) * 1.5) + 1024);
    const { writer, verdicts } = this;
    if (!this.started) writer.begin(sink);
    this.started = true;
    const consumed = this.reader.push(bytes, from, to, last, (entry) => {
      if (entry.kind !== ENTRY_RECORD) {
        if (entry.kind !== ENTRY_BLANK || this.options.partial !== true) writer.other(sink, entry);
        return;
      }
      const id = verdicts.idOf(this.rows++);
      if (id >= 0) writer.row(sink, entry, this.suffix(id));
    });
    return { consumed, out: sink.take() };
  }

  private suffix(id: number): Uint8Array {
    return (this.suffixes[id] ??= csvSuffix(ownCells(this.verdicts.cellsOf(id), this.options.extra), this.delimiter, this.options.raw));
  }
}
