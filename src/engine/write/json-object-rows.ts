import { EXTRA_COLUMNS } from '../../contract/export.ts';
import type { ExtraColumn } from '../../contract/export.ts';
import type { Entry } from '../read/entry.ts';
import type { Redactor } from '../redact/redactor.ts';
import { ByteSink } from './byte-sink.ts';
import { freeName, ownColumnNames } from './columns.ts';
import type { VerdictCells } from './columns.ts';
import { jsonBytes, jsonSuffix, writeJsonString } from './json-text.ts';
import { walkObject } from './walk-object.ts';
import { redactObject } from './redact-object.ts';
import type { RowWriter } from './row-writer.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const COMMA = 44;
const OPEN = 123;
const CLOSE = 125;
const OWN = new Set(['file', ...ownColumnNames(EXTRA_COLUMNS, [])]);
const LONGEST_OWN = 24;
const NOTHING_TAKEN: ReadonlySet<string> = new Set();

interface Options {
  readonly extra: readonly ExtraColumn[];
  readonly file: string | null;
  readonly redactor: Redactor | null;
}

/** JSON in, JSON lines out: each object's own bytes, with our fields before its last brace. What is no object becomes the `log_message` of one. */
export class JsonObjectRows implements RowWriter {
  readonly formulaCells = 0;
  private readonly options: Options;
  private readonly names: readonly string[];
  /** The verdict behind a suffix, for objects that have fields of our names. */
  private readonly verdictOf = new Map<Uint8Array, VerdictCells>();
  /** What keys the object of now has that are, or look like, ours. */
  private taken: Set<string> | null = null;
  private bytes: Uint8Array = new Uint8Array(0);
  private members = false;
  private readonly visit = {
    key: (start: number, end: number, depth: number): void => {
      if (depth > 1) return;
      this.members = true;
      if (end - start <= LONGEST_OWN) this.notice(start, end);
    },
    scalar: (): void => undefined,
  };

  constructor(options: Options) {
    this.options = options;
    this.names = ownColumnNames(options.extra, options.file === null ? [] : ['file']);
  }

  begin(): void {
    // JSON lines have no header.
  }

  suffix(cells: VerdictCells): Uint8Array {
    const made = jsonSuffix(cells, this.options.extra, this.names);
    this.verdictOf.set(made, cells);
    return made;
  }

  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    const { redactor } = this.options;
    this.taken = null;
    this.members = false;
    this.bytes = entry.bytes;
    const close = walkObject(entry.bytes, entry.start, entry.end, this.visit);
    if (close < 0) this.wrapped(sink, entry, suffix);
    else if (redactor !== null && !redactor.passes(entry.bytes, entry.start, entry.end)) {
      const inside = redactObject(entry.bytes, entry.start, entry.end, redactor);
      this.object(sink, inside, 0, inside.lastIndexOf(CLOSE), suffix);
    } else this.object(sink, entry.bytes, entry.start, close, suffix);
  }

  other(): void {
    // A blank line is no entry.
  }

  /** bytes[from, close) is an object without its last brace. */
  private object(sink: ByteSink, bytes: Uint8Array, from: number, close: number, suffix: Uint8Array): void {
    const { file, extra } = this.options;
    const taken = this.taken ?? NOTHING_TAKEN;
    const start = bytes.indexOf(OPEN, from) + 1;
    sink.byte(OPEN);
    const fileName = freeName('file', taken);
    if (file !== null) {
      sink.all(jsonBytes(fileName));
      sink.byte(58);
      sink.all(jsonBytes(file));
      if (this.members) sink.byte(COMMA);
    }
    copyLine(sink, bytes, start, close);
    const verdict = this.verdictOf.get(suffix);
    const ours = taken.size === 0 || verdict === undefined ? suffix : jsonSuffix(verdict, extra, ownColumnNames(extra, [...taken, ...(file === null ? [] : [fileName])]));
    // The first field of an empty object has no comma before it.
    sink.copy(ours, this.members || file !== null ? 0 : 1, ours.length);
    sink.byte(CLOSE);
    sink.byte(LF);
  }

  private wrapped(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    const { file, redactor } = this.options;
    sink.byte(OPEN);
    if (file !== null) sink.all(jsonBytes({ file }).subarray(1, -1));
    if (file !== null) sink.byte(COMMA);
    sink.all(new TextEncoder().encode('"log_message":'));
    const safe = redactor?.bytes(entry.bytes, entry.start, entry.end) ?? null;
    if (safe === null) writeJsonString(sink, entry.bytes, entry.start, entry.end);
    else writeJsonString(sink, safe, 0, safe.length);
    sink.all(suffix);
    sink.byte(CLOSE);
    sink.byte(LF);
  }

  private notice(start: number, end: number): void {
    const name = String(JSON.parse(new TextDecoder().decode(this.bytes.subarray(start, end))));
    if (OWN.has(name.replace(/_\d+$/, ''))) (this.taken ??= new Set()).add(name);
  }
}

/** Copies JSON onto one line: line ends stand between its parts only, and U+FFFD for what is no UTF-8. */
function copyLine(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
  let plain = true;
  let breaks = false;
  for (let p = from; p < to; p++) {
    if (bytes[p] > 127) plain = false;
    else if (bytes[p] === LF || bytes[p] === CR) breaks = true;
  }
  if (plain && !breaks) return sink.copy(bytes, from, to);
  const valid = plain ? bytes.subarray(from, to) : new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to)));
  for (const byte of valid) sink.byte(byte === LF || byte === CR ? SPACE : byte);
}
