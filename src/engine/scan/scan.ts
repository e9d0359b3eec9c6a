import type { Dialect, ReadProblem } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import type { Rule } from '../../contract/rule.ts';
import type { SoFar } from '../../contract/view.ts';
import { KeyTable } from '../patterns/key-table.ts';
import { Masker } from '../patterns/mask.ts';
import { RowStore } from '../patterns/row-store.ts';
import { SourceTable } from '../patterns/source-table.ts';
import { ENTRY_RECORD } from '../read/entry.ts';
import type { Entry, RecordReader } from '../read/entry.ts';
import { formatOf, openReader } from '../read/formats.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { RuleMatcher } from '../rules/compile-rules.ts';
import { SplitMatcher } from '../rules/split-matcher.ts';
import { yearFrom } from './assumed-year.ts';
import { BaselineRows } from './baseline-rows.ts';
import { EarlyEnd } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { Feed } from './feed.ts';
import { RowLabels } from './row-labels.ts';
import { Tail } from './tail.ts';

/** A file of the run, with how it is read. */
export interface ScanInput {
  readonly source: ByteSource;
  readonly dialect: Dialect;
}

/** At 14 bytes a row and as many again while they are sorted and shown, what a tab can be expected to hold: some 3 GB. */
export const ROWS_CAP = 100_000_000;

export interface ScanOptions {
  /** Bytes read at a time. */
  readonly chunk?: number;
  /** Distinct keys kept. */
  readonly keyCap?: number;
  /** Rows that there is room for. */
  readonly rowCap?: number;
  /** Stop after so many rows: to read again just what a cancelled run had read. */
  readonly maxRows?: number;
  /** By file: whether it is only compared with. Such files come last. */
  readonly baseline?: readonly boolean[];
}

/**
 * The one pass over all bytes: records → rules (exact, per entry) → mask → splits → key → row store. Yields keys and rows; patterns
 * are made of them when reading has ended.
 */
export class Scan {
  readonly keys: KeyTable;
  readonly rows = new RowStore();
  readonly sources = new SourceTable();
  /** What a column of labels says of the rows; null where no file has one. */
  readonly labels: RowLabels | null;
  readonly problems: ReadProblem[] = [];
  problemCount = 0;
  /** Those of files that are only compared with. */
  baselineProblems = 0;
  /** What is kept of the files that are only compared with; null where there is none. */
  readonly baseline: BaselineRows | null;
  /** Files from here on are only compared with. */
  readonly ownFiles: number;
  /** Physical lines seen, over all files but those. */
  lines = 0;
  done = false;
  private readonly inputs: readonly ScanInput[];
  private readonly rules: readonly Rule[];
  private readonly matcher: RuleMatcher;
  private readonly splits: SplitMatcher | null;
  private readonly ruleRows: Float64Array;
  private readonly masker = new Masker();
  private readonly chunk: number | undefined;
  private readonly maxRows: number;
  /** No row is added to so many. */
  private readonly mostRows: number;
  private file = -1;
  private feed: Feed | null = null;
  private reader: RecordReader | null = null;
  private finishedBytes = 0;
  /** How the first file ended that could not be unpacked to its end. */
  private early: EarlyEnd | null = null;
  private firstTime = NaN;
  private lastTime = NaN;
  private tail: Tail | null = null;
  /** File offset of the bytes that are read now. */
  private base = 0;

  constructor(inputs: readonly ScanInput[], rules: readonly Rule[], options: ScanOptions = {}) {
    this.inputs = inputs;
    this.ownFiles = ownFilesOf(inputs, options.baseline);
    this.baseline = this.ownFiles < inputs.length ? new BaselineRows() : null;
    const labelled = inputs.slice(0, this.ownFiles).find(({ dialect }) => dialect.roles.label >= 0)?.dialect;
    this.labels = labelled === undefined ? null : new RowLabels(labelled.columns[labelled.roles.label] ?? '');
    this.rules = rules;
    this.matcher = compileRules(rules);
    this.splits = SplitMatcher.of(rules);
    this.ruleRows = new Float64Array(rules.length);
    this.keys = new KeyTable(options.keyCap);
    this.chunk = options.chunk;
    this.maxRows = options.maxRows ?? Infinity;
    this.mostRows = Math.min(this.maxRows, options.rowCap ?? ROWS_CAP);
  }

  /** Reads one more chunk. @throws Failure as of ByteSource; rows read before stay valid */
  async advance(): Promise<void> {
    if (this.done) return;
    if (this.feed === null || this.feed.done) {
      if (!this.nextFile()) return;
    }
    const feed = this.feed as Feed;
    try {
      await feed.advance(this.visit);
    } catch (error) {
      feed.close();
      this.closeFile();
      if (!(error instanceof EarlyEnd)) {
        this.done = true;
        throw error;
      }
      // The files after it are read all the same; it is told at the end.
      this.early ??= error;
    }
    if (feed.done) this.closeFile();
    else if (this.rows.count >= this.maxRows && this.file < this.ownFiles) this.leaveOwnFiles();
    if (this.done && this.early !== null) throw this.early;
  }

  /** No more rows are wanted; what they are compared with is still read. */
  private leaveOwnFiles(): void {
    this.feed?.close();
    this.closeFile();
    this.file = this.ownFiles - 1;
    this.feed = null;
    if (this.baseline === null) this.done = true;
  }

  /** Ends the run early, keeping what was read. */
  stop(): void {
    if (this.feed !== null && !this.feed.done) {
      this.feed.close();
      this.closeFile();
    }
    this.done = true;
  }

  /** Offset from which a grown file must be given to `extend`; −1 where it must be read anew. */
  get resumeAt(): number {
    const { tail, inputs } = this;
    return this.done && this.rows.count < this.maxRows && inputs.length === 1 && formatOf(inputs[0].dialect.format).closed !== true && tail !== null && tail.small ? tail.offset : -1;
  }

  /** Goes on where the only file of the run ended: `bytes` are the grown file's from `resumeAt` on, and `size` is its new size. */
  extend(bytes: Uint8Array, size: number): void {
    const tail = this.tail as Tail;
    this.takeBack(tail);
    const { dialect } = this.inputs[0];
    const assumedYear = yearFrom(dialect, this.rows, bytes, tail.line);
    const reader = openReader({ ...dialect, assumedYear }, tail.offset === 0 ? undefined : { line: tail.line });
    this.reader = reader;
    this.feed = null;
    this.base = tail.offset;
    const consumed = reader.push(bytes, 0, bytes.length, false, this.visit);
    this.beginTail(tail.offset + consumed, reader);
    reader.push(bytes, consumed, bytes.length, true, this.visit);
    this.closeFile();
    this.finishedBytes = size;
  }

  private takeBack(tail: Tail): void {
    for (const change of tail.changes.toReversed()) {
      this.keys.undo(change);
      this.rows.pop();
      this.labels?.drop(this.rows.count);
    }
    for (const rule of tail.rules) if (rule >= 0) this.ruleRows[rule]--;
    this.sources.truncate(tail.before.sources);
    this.labels?.truncate(tail.before.labels);
    this.problems.length = Math.min(this.problems.length, tail.before.problems);
    this.problemCount = tail.before.problemCount;
    this.lines = 0;
  }

  /** The records visited from now on are complete only because the file ends. */
  private beginTail(offset: number, reader: RecordReader): void {
    const { sources, problems, problemCount } = this;
    const found = reader.problems;
    this.tail = new Tail(offset, reader.line, { sources: sources.names.length, labels: this.labels?.count ?? 0, problems: problems.length + found.list.length, problemCount: problemCount + found.count });
    this.keys.journal = this.tail.changes;
  }

  soFar(): SoFar {
    const rows = new Map<string, number>();
    this.rules.forEach((rule, index) => {
      if (this.ruleRows[index] > 0 && rule.label !== '') rows.set(rule.label, (rows.get(rule.label) ?? 0) + this.ruleRows[index]);
    });
    const totalBytes = this.inputs.reduce((sum, input) => sum + input.source.fileSize, 0);
    const bytes = this.finishedBytes + (this.feed !== null && !this.feed.done ? this.feed.taken : 0);
    return { entries: this.rows.count, bytes, totalBytes, keys: this.keys.count, firstTime: this.firstTime, lastTime: this.lastTime, byRule: Object.fromEntries(rows) };
  }

  private nextFile(): boolean {
    this.file++;
    if (this.file >= this.inputs.length) {
      this.done = true;
      return false;
    }
    const { source, dialect } = this.inputs[this.file];
    this.reader = openReader(dialect);
    const reader = this.reader;
    const feed = new Feed(source, reader, this.chunk, () => this.beginTail(feed.base, reader));
    this.feed = feed;
    return true;
  }

  private closeFile(): void {
    const reader = this.reader;
    if (reader === null) return;
    const before = this.problemCount;
    this.problemCount += reader.problems.count;
    this.problems.push(...reader.problems.list.map((problem) => ({ ...problem, file: this.file })));
    const flaw = this.inputs[this.file].source.flaw ?? null;
    if (flaw !== null) {
      this.problemCount++;
      this.problems.push({ file: this.file, line: reader.line, reason: 'cut-short', detail: flaw });
    }
    if (this.file < this.ownFiles) this.lines += reader.line - 1;
    else this.baselineProblems += this.problemCount - before;
    this.finishedBytes += this.feed?.taken ?? 0;
    this.reader = null;
    this.keys.journal = null;
    if (this.file === this.inputs.length - 1) this.done = true;
  }

  /** Another entry came than there is to be a row for. @throws Failure 'out-of-memory' where that is for want of room */
  private leaveRest(): void {
    if (this.mostRows === this.maxRows) return;
    throw new Failure('out-of-memory', `“${this.inputs[this.file].source.name}” goes on after ${this.mostRows.toLocaleString('en')} entries, which is all that there is room for. They are kept; what follows was not read. Cut the file into parts, and open one after another.`);
  }

  private readonly visit = (entry: Entry): void => {
    if (entry.kind !== ENTRY_RECORD) return;
    const aside = this.file < this.ownFiles ? null : this.baseline;
    if (aside === null && this.rows.count >= this.mostRows) return this.leaveRest();
    const { text, messageStart, messageEnd, time } = entry;
    let rule = this.matcher.match(text, messageStart, messageEnd);
    const { masker, splits } = this;
    masker.mask(text, messageStart, messageEnd);
    if (splits !== null) {
      const split = splits.match(masker, entry.level, text, messageStart, messageEnd);
      if (split >= 0) rule = split;
    }
    if (aside !== null) {
      this.keys.add(masker.out, masker.length, rule, entry.level, masker.http, masker.content, text, messageStart, messageEnd, aside.add(time), time);
      return;
    }
    if (rule >= 0) this.ruleRows[rule]++;
    if (this.keys.journal !== null) (this.tail as Tail).note(rule, this.keys);
    const row = this.rows.count;
    const key = this.keys.add(masker.out, masker.length, rule, entry.level, masker.http, masker.content, text, messageStart, messageEnd, row, time);
    if (masker.lost !== 0) this.keys.lost[key] |= masker.lost;
    const source = this.sources.add(entry.sourceText, entry.sourceStart, entry.sourceEnd);
    this.rows.append(this.file, (this.feed?.base ?? this.base) + entry.start, entry.line, key, source, time);
    this.labels?.add(row, entry);
    if (time === time) {
      if (!(time >= this.firstTime)) this.firstTime = time;
      if (!(time <= this.lastTime)) this.lastTime = time;
    }
  };
}

/** How many files come before those that are only compared with. @throws Failure 'internal' where one comes after */
function ownFilesOf(inputs: readonly ScanInput[], baseline: readonly boolean[] = []): number {
  const first = inputs.findIndex((_, file) => baseline[file] === true);
  if (first < 0) return inputs.length;
  if (inputs.some((_, file) => file > first && baseline[file] !== true)) throw new Failure('internal', 'Files that are only compared with must come last.');
  return first;
}
