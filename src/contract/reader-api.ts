import type { CustomFormat, Dialect, Encoding, Format, ReadProblem } from './dialect.ts';
import type { DigestStep, ExportOptions, ExportStep, Redaction, RedactionPreview } from './export.ts';
import type { Cells, PatternTable } from './pattern.ts';
import type { Rule, RulePart } from './rule.ts';
import type { KeyId, Lesson, RuleTrial, SlotValues } from './teach.ts';
import type { Truth } from './truth.ts';
import type { PatternText } from './verdict.ts';
import type { Filter, RowView, SoFar } from './view.ts';

/** What the first part of a file tells. */
export interface Sniffed {
  readonly dialect: Dialect;
  /** First bytes of the file, unpacked and decoded, for the preview of the column dialog. */
  readonly head: string;
  /** Formats that the file could be read as, the likeliest first; the one chosen among them. */
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  readonly format: Format;
  /** What people call it, e.g. "Syslog (RFC 5424)". */
  readonly name: string;
  /** 0…1: how well the first part of the file fits. */
  readonly score: number;
}

/** What a person has decided about a file; the rest is sniffed. */
export interface SniffAsk {
  /** Path of the file within an archive. */
  readonly member?: string;
  readonly format?: Format;
  readonly encoding?: Encoding;
  readonly custom?: CustomFormat;
}

export interface StepResult {
  readonly soFar: SoFar;
  readonly done: boolean;
}

/** By what a run sorts what it reads. */
export interface ReadSetup {
  /** In the order in which they are tried, but for splits, which come first wherever they stand. */
  readonly rules: readonly Rule[];
  readonly lessons: readonly Lesson[];
  /** Stop after so many rows. */
  readonly maxRows?: number;
  /** The same files with other rules or lessons: what was read before answers until `finish` puts the new run in its place. */
  readonly keep?: boolean;
  /** By file: whether it only serves as the baseline with which the others are compared. Such files come last. Their rows share patterns with the others', and are in no view, total or export. */
  readonly baseline?: readonly boolean[];
  /** By file: its handle, where the browser gave one. Such a file can be read on while something writes to it. */
  readonly handles?: readonly (FileSystemFileHandle | null)[];
}

/** Order in which rows are shown: as they were read (file by file), or by time, rows without one after the row they follow. */
export type RowOrder = 'read' | 'time';

/** How often the baseline's rows were of each pattern, and over which time. */
export interface Baseline {
  /** Rows by pattern. */
  readonly rows: Float64Array;
  readonly entries: number;
  /** Milliseconds from its first to its last time, a few stray ones and long silences left out; 0 where it has none. */
  readonly span: number;
  /** How many of the run's problems are of its files. */
  readonly problems: number;
}

/** What reading yields once it has ended (or was cancelled). */
export interface ReadResult {
  readonly table: PatternTable;
  readonly cells: Cells;
  /** What models are shown, by pattern. */
  readonly texts: readonly PatternText[];
  /** By pattern: index of the lesson that rules it, or -1. */
  readonly taught: Int32Array;
  /** What a column of labels says; null where no file has one. */
  readonly truth: Truth | null;
  readonly entries: number;
  /** Physical lines read, over all files. */
  readonly lines: number;
  readonly problems: readonly ReadProblem[];
  readonly problemCount: number;
  /** Rows whose key is past the cap of distinct keys. */
  readonly overflowRows: number;
  /** Bytes kept per row in the row store. */
  readonly bytesPerRow: number;
  /** null where no file serves as one. Patterns may have rows there and none here. */
  readonly baseline: Baseline | null;
  /** Some row has an earlier time than one before it: by time the rows stand in another order than as they were read. */
  readonly outOfOrder: boolean;
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

/**
 * The worker that holds the file: reads it, keeps its rows, re-reads them for the screen and for exports. Jobs are driven by
 * the caller (begin → step … → finish), so progress, back-pressure and cancel fall out of a loop. All methods reject
 * with a Failure (its code in `name`).
 */
export interface ReaderApi {
  /** Paths of the files in an archive (ZIP); [''] for any other file. @throws 'file-unreadable' | 'file-binary' */
  members(file: File): Promise<readonly string[]>;
  /** @throws 'file-empty' | 'file-binary' | 'file-unreadable' */
  sniff(file: File, ask?: SniffAsk): Promise<Sniffed>;
  /**
   * Starts a run over the files in order, dropping any earlier one (with `keep`: only one that has not ended), and gives its number.
   * @throws 'rules-refused' where a rule cannot be used; nothing is dropped then
   */
  begin(files: readonly File[], dialects: readonly Dialect[], setup: ReadSetup): Promise<number>;
  /**
   * Reads for about `budget` ms. `run`: the number that `begin` gave; a run that was dropped meanwhile rejects with AbortError.
   * @throws 'file-unreadable' | 'file-changed' | 'record-too-long'; what was read is kept, `finish` still works. 'file-cut-short' once all
   * files have been read, as far as they could be unpacked: there is no more
   */
  step(budget: number, run?: number): Promise<StepResult>;
  /** Ends a run and makes patterns of what it read. @throws AbortError if it was dropped meanwhile */
  finish(run?: number): Promise<ReadResult>;
  /**
   * Pattern of each key, -1 where the files have no such key. A key whose `rule` is null is any key of its text, level and HTTP class (the first one).
   * Needed to carry what a person said (and could undo) over to a new table. @throws 'internal' before `finish`
   */
  patternsOf(keys: readonly KeyId[]): Promise<Int32Array>;
  /** Gives up a run that has not ended; what an earlier one read, and was to be kept, stays. */
  drop(run: number): Promise<void>;
  /** Verdicts for filters and for the exports that begin from now on; dropped when another run takes the place of theirs. */
  setVerdicts(verdicts: ExportVerdicts): Promise<void>;
  /** Rows that pass the filter. Conditions on labels and problems let none pass before there are verdicts. @throws 'internal' before `finish`, 'file-unreadable' with text */
  rowCount(filter: Filter): Promise<number>;
  /** Reads rows again. `from`: 0-based among the rows that pass the filter. @throws as `rowCount`; 'file-unreadable' */
  rows(filter: Filter, from: number, count: number): Promise<readonly RowView[]>;
  /** As `rows`, in the order given. */
  rowsInOrder(filter: Filter, order: RowOrder, from: number, count: number): Promise<readonly RowView[]>;
  /** Counts again with a finer axis over [from, to) (epoch ms, or row numbers where the axis is by row); rows outside are left out. null: the whole axis. What filters with the same `zoom` count their bins by. @throws 'internal' before `finish` */
  zoom(range: readonly [number, number] | null): Promise<Cells>;
  /** Whether the file of the finished run, opened by its handle, has grown since. @throws 'file-changed' where it became shorter; 'file-unreadable'; 'internal' before `finish` */
  hasGrown(): Promise<boolean>;
  /**
   * Reads what has been added to the one file of the finished run, opened by its handle, taking back its last entry first where that goes on.
   * The result takes the place of the earlier one: the same as if all had been read at once. null: it must be read anew, from its start.
   * @throws as `hasGrown`
   */
  grow(lessons: readonly Lesson[]): Promise<ReadResult | null>;
  /** Rows by their 0-based numbers over all files, in the order given. @throws 'internal' before `finish` or for rows that there are not; 'file-unreadable' */
  sampleRows(rows: readonly number[]): Promise<readonly RowView[]>;
  /** Up to `count` rows of a pattern, chosen to differ from one another. @throws as `sampleRows` */
  examples(pattern: number, count: number): Promise<readonly RowView[]>;
  /** What stands in the places in which a pattern's rows differ, at most `limit` values a place; of a pattern with many rows from a sample. @throws as `sampleRows` */
  values(pattern: number, limit: number): Promise<readonly SlotValues[]>;
  /** The keys of each pattern in order of first row; none for the overflow. @throws 'internal' before `finish` */
  keysOf(patterns: readonly number[]): Promise<readonly (readonly KeyId[])[]>;
  /** All rows with the very message of this one, as part of their pattern; null where the message is too long to be kept with a rule. @throws as `sampleRows` */
  partOfRow(row: number): Promise<RulePart | null>;
  /** Starts to try a rule on the rows, dropping an earlier trial. `taught`: patterns that the person has labelled by now. @throws 'rules-refused'; 'internal' before `finish` */
  beginTrial(rule: Rule, taught: readonly number[]): Promise<void>;
  /** Tries on for about `budget` ms. @throws 'internal' where no trial is under way; 'file-unreadable' | 'file-changed' */
  trialStep(budget: number): Promise<RuleTrial>;
  /** Gives up the trial that is under way, if any. */
  endTrial(): Promise<void>;
  /** Starts an export with the verdicts of now, dropping one that is under way. @throws 'internal' before `finish` and `setVerdicts` */
  beginExport(options: ExportOptions): Promise<void>;
  /** The next part. @throws 'internal' where no export is under way; 'file-unreadable' | 'file-changed' */
  exportStep(): Promise<ExportStep>;
  /** Gives up the export that is under way, if any, and closes its files. */
  endExport(): Promise<void>;
  /** What redaction would do to the first rows that it changes, at most `most`, of those that pass the filter. @throws 'rules-refused' where an own expression cannot be used; as `rows` */
  redactionPreview(redaction: Redaction, filter: Filter, most: number): Promise<RedactionPreview>;
  /** Starts to hash the files of the run, those that it is compared with included, as they were dropped. @throws 'internal' before `finish` */
  beginDigest(): Promise<void>;
  /** Hashes on for about `budget` ms. @throws 'internal' where no hashing is under way; 'file-unreadable' | 'file-changed' */
  digestStep(budget: number): Promise<DigestStep>;
}
