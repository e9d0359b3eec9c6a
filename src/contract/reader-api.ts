import type { Dialect, ReadProblem } from './dialect.ts';
import type { Cells, PatternTable } from './pattern.ts';
import type { Rule } from './rule.ts';
import type { PatternText } from './verdict.ts';
import type { Filter, RowView, SoFar } from './view.ts';

/** What the first part of a file tells. */
export interface Sniffed {
  readonly dialect: Dialect;
  /** First bytes of the file, decoded, for the preview of the column dialog. */
  readonly head: string;
}

export interface StepResult {
  readonly soFar: SoFar;
  readonly done: boolean;
}

/** What reading yields once it has ended (or was cancelled). */
export interface ReadResult {
  readonly table: PatternTable;
  readonly cells: Cells;
  /** What models are shown, by pattern. */
  readonly texts: readonly PatternText[];
  readonly entries: number;
  /** Physical lines read, over all files. */
  readonly lines: number;
  readonly problems: readonly ReadProblem[];
  readonly problemCount: number;
  /** Rows whose key is past the cap of distinct keys. */
  readonly overflowRows: number;
  /** Bytes kept per row in the row store. */
  readonly bytesPerRow: number;
}

/** Verdict of each pattern as exports write it, parallel to the pattern table. */
export interface ExportVerdicts {
  /** Category names that `label` and `guess` index. */
  readonly labels: readonly string[];
  readonly label: Uint8Array;
  readonly guess: Uint8Array;
  readonly confidence: Float32Array;
  /** Index into DECIDERS. */
  readonly decider: Uint8Array;
  /** 1 where the pattern counts as a problem. */
  readonly problem: Uint8Array;
  /** 0 where the verdict may still change. */
  readonly final: Uint8Array;
}

export interface ExportOptions {
  /** Leave cells as they are, formulas included. */
  readonly raw: boolean;
  /** Add a column that says which verdicts may still change. */
  readonly provisional: boolean;
  readonly filter: Filter;
}

export interface ExportStep {
  /** The next part of the output file; the caller owns it. */
  readonly bytes: Uint8Array;
  readonly done: boolean;
  /** Rows written so far. */
  readonly rows: number;
  /** Input bytes gone through so far, and in all. */
  readonly read: number;
  readonly total: number;
  readonly formulaCells: number;
}

/**
 * The worker that holds the file: reads it, keeps its rows, re-reads them for the screen and for exports. Jobs are driven by
 * the caller (begin → step … → finish), so progress, back-pressure and cancel fall out of a loop. All methods reject
 * with a Failure (its code in `name`).
 */
export interface ReaderApi {
  /** @throws 'file-empty' | 'file-binary' | 'file-unreadable' */
  sniff(file: File): Promise<Sniffed>;
  /** Starts a run over the files in order, dropping any earlier one, and gives its number. `maxRows`: stop after so many. */
  begin(files: readonly File[], dialects: readonly Dialect[], rules: readonly Rule[], maxRows?: number): Promise<number>;
  /**
   * Reads for about `budget` ms. `run`: the number that `begin` gave; a run that was dropped meanwhile rejects with AbortError.
   * @throws 'file-unreadable' | 'file-changed' | 'record-too-long'; what was read is kept, `finish` still works
   */
  step(budget: number, run?: number): Promise<StepResult>;
  /** Ends a run and makes patterns of what it read. @throws AbortError if it was dropped meanwhile */
  finish(run?: number): Promise<ReadResult>;
  /** Verdicts for filters and for the exports that begin from now on; dropped by `begin`. */
  setVerdicts(verdicts: ExportVerdicts): Promise<void>;
  /** Rows that pass the filter. Conditions on labels and problems let none pass before there are verdicts. @throws 'internal' before `finish`, 'file-unreadable' with text */
  rowCount(filter: Filter): Promise<number>;
  /** Reads rows again. `from`: 0-based among the rows that pass the filter. @throws as `rowCount`; 'file-unreadable' */
  rows(filter: Filter, from: number, count: number): Promise<readonly RowView[]>;
  /** Starts an export with the verdicts of now, dropping one that is under way. @throws 'internal' before `finish` and `setVerdicts` */
  beginExport(options: ExportOptions): Promise<void>;
  /** The next part. @throws 'internal' where no export is under way; 'file-unreadable' | 'file-changed' */
  exportStep(): Promise<ExportStep>;
  /** Gives up the export that is under way, if any, and closes its files. */
  endExport(): Promise<void>;
}
