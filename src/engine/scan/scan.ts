import type { Dialect, ReadProblem } from '../../contract/dialect.ts';
import type { Rule } from '../../contract/rule.ts';
import type { SoFar } from '../../contract/view.ts';
import { KeyTable } from '../patterns/key-table.ts';
import { Masker } from '../patterns/mask.ts';
import { RowStore } from '../patterns/row-store.ts';
import { SourceTable } from '../patterns/source-table.ts';
import { ENTRY_RECORD } from '../read/entry.ts';
import type { Entry, RecordReader } from '../read/entry.ts';
import { openReader } from '../read/formats.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { RuleMatcher } from '../rules/compile-rules.ts';
import { SplitMatcher } from '../rules/split-matcher.ts';
import type { ByteSource } from './byte-source.ts';
import { Feed } from './feed.ts';
import { RowLabels } from './row-labels.ts';

/** A file of the run, with how it is read. */
export interface ScanInput {
  readonly source: ByteSource;
  readonly dialect: Dialect;
}

export interface ScanOptions {
  /** Bytes read at a time. */
  readonly chunk?: number;
  /** Distinct keys kept. */
  readonly keyCap?: number;
  /** Stop after so many rows: to read again just what a cancelled run had read. */
  readonly maxRows?: number;
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
  /** Physical lines seen, over all files. */
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
  private file = -1;
  private feed: Feed | null = null;
  private reader: RecordReader | null = null;
  private finishedBytes = 0;
  private firstTime = NaN;
  private lastTime = NaN;
  private fileLines = 0;

  constructor(inputs: readonly ScanInput[], rules: readonly Rule[], options: ScanOptions = {}) {
    this.inputs = inputs;
    const labelled = inputs.find(({ dialect }) => dialect.roles.label >= 0)?.dialect;
    this.labels = labelled === undefined ? null : new RowLabels(labelled.columns[labelled.roles.label] ?? '');
    this.rules = rules;
    this.matcher = compileRules(rules);
    this.splits = SplitMatcher.of(rules);
    this.ruleRows = new Float64Array(rules.length);
    this.keys = new KeyTable(options.keyCap);
    this.chunk = options.chunk;
    this.maxRows = options.maxRows ?? Infinity;
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
      this.done = true;
      throw error;
    }
    if (feed.done) this.closeFile();
    else if (this.rows.count >= this.maxRows) this.stop();
  }

  /** Ends the run early, keeping what was read. */
  stop(): void {
    if (this.feed !== null && !this.feed.done) {
      this.feed.close();
      this.closeFile();
    }
    this.done = true;
  }

  soFar(): SoFar {
    const rows = new Map<string, number>();
    this.rules.forEach((rule, index) => {
      if (this.ruleRows[index] > 0 && rule.label !== '') rows.set(rule.label, (rows.get(rule.label) ?? 0) + this.ruleRows[index]);
    });
    const totalBytes = this.inputs.reduce((sum, input) => sum + input.source.size, 0);
    const bytes = this.finishedBytes + (this.feed !== null && !this.feed.done ? this.feed.position : 0);
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
    this.feed = new Feed(source, this.reader, this.chunk);
    this.fileLines = 0;
    return true;
  }

  private closeFile(): void {
    const reader = this.reader;
    if (reader === null) return;
    this.problemCount += reader.problems.count;
    this.problems.push(...reader.problems.list.map((problem) => ({ ...problem, file: this.file })));
    this.lines += this.fileLines;
    this.finishedBytes += this.feed?.position ?? 0;
    this.reader = null;
    if (this.file === this.inputs.length - 1) this.done = true;
  }

  private readonly visit = (entry: Entry): void => {
    this.fileLines = entry.line;
    if (entry.kind !== ENTRY_RECORD || this.rows.count >= this.maxRows) return;
    const { text, messageStart, messageEnd, time } = entry;
    let rule = this.matcher.match(text, messageStart, messageEnd);
    const { masker, splits } = this;
    masker.mask(text, messageStart, messageEnd);
    if (splits !== null) {
      const split = splits.match(masker, entry.level, text, messageStart, messageEnd);
      if (split >= 0) rule = split;
    }
    if (rule >= 0) this.ruleRows[rule]++;
    const row = this.rows.count;
    const key = this.keys.add(masker.out, masker.length, rule, entry.level, masker.http, masker.content, text, messageStart, messageEnd, row, time);
    if (masker.lost !== 0) this.keys.lost[key] |= masker.lost;
    const source = this.sources.add(entry.sourceText, entry.sourceStart, entry.sourceEnd);
    this.rows.append(this.file, (this.feed as Feed).base + entry.start, entry.line, key, source, time);
    this.labels?.add(row, entry);
    if (time === time) {
      if (!(time >= this.firstTime)) this.firstTime = time;
      if (!(time <= this.lastTime)) this.lastTime = time;
    }
  };
}
