import type { ReadProblem } from '../../contract/dialect.ts';

export const ENTRY_RECORD = 0;
export const ENTRY_HEADER = 1;
export const ENTRY_BLANK = 2;
export type EntryKind = typeof ENTRY_RECORD | typeof ENTRY_HEADER | typeof ENTRY_BLANK;

/** How a CSV cell is written. A literal quote (stray, or never closed) leaves a cell plain. */
export const CELL_PLAIN = 0;
export const CELL_QUOTED = 1;
/** Quoted, with doubled quotes inside. */
export const CELL_DOUBLED = 2;

/**
 * One record as the readers hand it over. A reader reuses a single object for every record, so it and its
 * byte arrays are valid only during the visit. All spans are byte offsets, end exclusive; an empty span means "none".
 */
export interface Entry {
  /** Buffer that holds the record: bytes[start, end) without its terminator; `next` is the offset after the terminator (= end where the file just ends). */
  bytes: Uint8Array;
  start: number;
  end: number;
  next: number;
  /** Physical line of the record's first byte, from 1. */
  line: number;
  /** Header and blank entries are no rows: copied on export, never counted. */
  kind: EntryKind;
  /** CSV: number of fields in this record; else 1. */
  fields: number;
  /** CSV: span of cell i as written, quotes included: bytes[cells[2i], cells[2i + 1]). Else empty. */
  cells: Int32Array;
  /** CSV: CELL_* of cell i. */
  forms: Uint8Array;
  /** The message: text[messageStart, messageEnd). `text` is `bytes` except where quotes or escapes had to be undone. */
  text: Uint8Array;
  messageStart: number;
  messageEnd: number;
  /** The source (service, host, component). */
  sourceText: Uint8Array;
  sourceStart: number;
  sourceEnd: number;
  /** Index into LEVELS; 0 = none named. */
  level: number;
  /** Milliseconds since 1970-01-01T00:00Z; NaN = none. A time without a zone is taken as UTC. */
  time: number;
  /** The time as written. */
  timeText: Uint8Array;
  timeStart: number;
  timeEnd: number;
  /** What the entry is, as somebody has labelled it. */
  labelText: Uint8Array;
  labelStart: number;
  labelEnd: number;
}

/** What could not be read as the dialect says: the first PROBLEM_CAP of them, and how many there were. */
export interface ProblemList {
  readonly list: readonly ReadProblem[];
  readonly count: number;
}
export const PROBLEM_CAP = 1000;

export type Visit = (entry: Entry) => void;

/** Cuts bytes into records, in order; the same records whatever the chunks. */
export interface RecordReader {
  /**
   * Visits every complete record of bytes[from, to). `from` must be where the previous push stopped.
   * Returns the offset of the first byte not consumed: the start of an incomplete record, to be presented again
   * with more bytes after it (in any buffer). `last`: no more bytes follow, so everything is consumed.
   */
  push(bytes: Uint8Array, from: number, to: number, last: boolean, visit: Visit): number;
  readonly problems: ProblemList;
  /** Physical line at which the next record starts, from 1. */
  readonly line: number;
}

const NOTHING = new Uint8Array(0);

/** A fresh entry for a reader to reuse. */
export function newEntry(): Entry {
  return {
    bytes: NOTHING, start: 0, end: 0, next: 0, line: 1, kind: ENTRY_RECORD, fields: 1,
    cells: new Int32Array(0), forms: NOTHING,
    text: NOTHING, messageStart: 0, messageEnd: 0,
    sourceText: NOTHING, sourceStart: 0, sourceEnd: 0,
    level: 0, time: NaN, timeText: NOTHING, timeStart: 0, timeEnd: 0,
    labelText: NOTHING, labelStart: 0, labelEnd: 0,
  };
}

/** A record longer than this is refused: nothing that long is a log. */
export const MAX_RECORD = 256 * 1024 * 1024;

/** To read from the middle of a file, at the start of a record: no byte-order mark, no header. */
export interface Resume {
  /** Physical line of that record, from 1. */
  readonly line: number;
}

/** Makes the entry empty but for its span. */
export function clearEntry(entry: Entry): void {
  entry.text = entry.sourceText = entry.timeText = entry.labelText = entry.bytes;
  entry.messageStart = entry.messageEnd = entry.sourceStart = entry.sourceEnd = entry.timeStart = entry.timeEnd = entry.labelStart = entry.labelEnd = entry.start;
  entry.level = 0;
  entry.time = NaN;
}
