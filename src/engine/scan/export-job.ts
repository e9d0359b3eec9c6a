import type { ExportOptions, ExportStep } from '../../contract/export.ts';
import type { ExportVerdicts } from '../../contract/reader-api.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import { NO_GUESS } from '../../contract/view.ts';
import type { RowStore } from '../patterns/row-store.ts';
import type { VerdictCells } from '../write/columns.ts';
import { Redactor } from '../redact/redactor.ts';
import { TextEncoding } from '../unpack/encode-text.ts';
import { joinPlan } from '../write/join-files.ts';
import { RowExport } from '../write/row-export.ts';
import { Feed } from './feed.ts';
import { joinedBytes } from './joined-bytes.ts';
import type { ScanInput } from './scan.ts';

export interface ExportInput {
  readonly inputs: readonly ScanInput[];
  readonly store: RowStore;
  readonly patternOf: Uint32Array;
  readonly verdicts: ExportVerdicts;
  /** Masked text by pattern. */
  readonly texts: readonly string[];
  readonly options: Pick<ExportOptions, 'format' | 'raw' | 'extra' | 'reasons' | 'redaction'>;
  /** Rows to be written, ascending; null = all. */
  readonly rows: Uint32Array | null;
}

/** Id of a row that is left out. */
const LEFT_OUT = -1;

/**
 * Streams the inputs once more and appends verdicts to each record. Rows come in the order in which they were stored, so a
 * row's key is found by counting. A run that was cancelled has rows for the first part of the input only; the export ends there.
 */
export class ExportJob {
  private readonly input: ExportInput;
  private readonly total: number;
  private readonly plan: ReturnType<typeof joinPlan>;
  private file = -1;
  private feed: Feed | null = null;
  private part: RowExport | null = null;
  /** Turns a CSV back into its file's own encoding. */
  private encoding = new TextEncoding('utf-8');
  private unwritable = 0;
  private readonly redactor: Redactor | null;
  private parts: Uint8Array[] = [];
  private finishedBytes = 0;
  private formulaCells = 0;
  private written = 0;
  /** Global row that the current file's records began with, and the next row of `rows` to be written. */
  private firstRow = 0;
  private next = 0;
  /** All rows that were read have been written; what follows in the file was never read. */
  private past = false;

  /** @throws Failure 'rules-refused' where an expression of the redaction cannot be used */
  constructor(input: ExportInput) {
    const { format, redaction } = input.options;
    this.input = input;
    this.redactor = redaction === null ? null : new Redactor(redaction);
    this.total = input.inputs.reduce((sum, { source }) => sum + source.fileSize, 0);
    this.plan = joinPlan(input.inputs.map(({ source, dialect }) => ({ name: source.name, dialect })), format);
  }

  /** One chunk of input. @throws Failure as of ByteSource; the job is closed then */
  async step(): Promise<ExportStep> {
    try {
      return await this.advance();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Closes the file that is being read. */
  close(): void {
    this.feed?.close();
  }

  private async advance(): Promise<ExportStep> {
    if (this.feed === null || this.feed.done) this.openNext();
    const { feed } = this;
    if (feed !== null) {
      await feed.advance(() => undefined).catch((error: unknown) => {
        // Where reading ended at something that cannot be read, so does the export: all that was read is written.
        if (this.firstRow + (this.part?.rows ?? 0) < this.input.store.count) throw error;
        this.past = true;
      });
      if (this.past) feed.close();
      if (feed.done) this.closeFile();
    }
    const done = this.past || (this.file >= this.input.inputs.length - 1 && (this.feed === null || this.feed.done));
    const read = this.finishedBytes + (this.feed !== null && !this.feed.done ? this.feed.taken : 0);
    return {
      bytes: this.take(), done, rows: this.written, read, total: this.total, formulaCells: this.formulaCells + (this.part?.formulaCells ?? 0),
      redacted: this.redactor?.replaced ?? 0, unwritable: this.unwritable + this.encoding.unwritable,
    };
  }

  private openNext(): void {
    this.file++;
    const input = this.input.inputs[this.file];
    if (input === undefined) {
      this.feed = null;
      return;
    }
    const { options, rows } = this.input;
    const { dialect, join, normalise, encoding } = this.plan[this.file];
    this.encoding = new TextEncoding(encoding);
    const part = new RowExport(dialect, { ...options, join, normalise, partial: rows !== null, redactor: this.redactor }, {
      idOf: (row) => this.idOf(this.firstRow + row),
      cellsOf: (pattern) => this.cellsOf(pattern),
    });
    this.part = part;
    this.feed = new Feed(input.source, {
      push: (bytes, from, to, last) => {
        const { consumed, out } = part.push(bytes, from, to, last);
        this.keep(this.encoding.encode(out));
        return consumed;
      },
    });
  }

  private closeFile(): void {
    this.keep(this.encoding.end());
    this.unwritable += this.encoding.unwritable;
    this.encoding = new TextEncoding('utf-8');
    this.finishedBytes += this.feed?.taken ?? 0;
    this.firstRow += this.part?.rows ?? 0;
    this.formulaCells += this.part?.formulaCells ?? 0;
    this.part = null;
  }

  private keep(bytes: Uint8Array): void {
    if (bytes.length > 0) this.parts.push(bytes);
  }

  private idOf(row: number): number {
    const { rows, store, patternOf } = this.input;
    if (row >= store.count) {
      this.past = true;
      return LEFT_OUT;
    }
    if (rows !== null) {
      if (rows[this.next] !== row) return LEFT_OUT;
      this.next++;
    }
    this.written++;
    const block = store.blockOf(row);
    return patternOf[block.keys[row - block.firstRow]];
  }

  private cellsOf(pattern: number): VerdictCells {
    const { verdicts, texts, options } = this.input;
    const guess = verdicts.guess[pattern];
    return {
      label: verdicts.labels[verdicts.label[pattern]],
      confidence: verdicts.confidence[pattern],
      decidedBy: DECIDERS[verdicts.decider[pattern]],
      pattern: texts[pattern],
      bestGuess: guess === NO_GUESS ? '' : verdicts.labels[guess],
      reason: options.reasons?.[pattern] ?? '',
      provisional: verdicts.final[pattern] === 0,
    };
  }

  private take(): Uint8Array {
    const { parts } = this;
    this.parts = [];
    return joinedBytes(parts);
  }
}
