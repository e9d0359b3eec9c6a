import { EXTRA_COLUMNS } from '../../contract/export.ts';
import type { Dialect } from '../../contract/dialect.ts';
import type { ExtraColumn } from '../../contract/export.ts';
import type { Decider } from '../../contract/verdict.ts';
import { isFormula } from './formula.ts';

/** What an export says of one row. */
export interface VerdictCells {
  readonly label: string;
  /** 0…1. */
  readonly confidence: number;
  readonly decidedBy: Decider;
  /** Masked text of the row's pattern. */
  readonly pattern: string;
  readonly bestGuess: string;
  readonly reason: string;
  /** More may come. */
  readonly provisional: boolean;
}

/** Whose verdict a row has, by a number that stands for the same cells throughout the export (the pattern's). */
export interface VerdictSource {
  /** `row` counts the file's records from 0; headers and blank lines are none. Below 0: the row is left out. */
  idOf(row: number): number;
  cellsOf(id: number): VerdictCells;
}

/** Names of our columns. A name that the file has already gets `_2`, `_3` … */
export function ownColumnNames(extra: readonly ExtraColumn[], existing: readonly string[]): string[] {
  const taken = new Set(existing.map((name) => name.trim()));
  return ['target_label', 'confidence', 'decided_by', ...EXTRA_COLUMNS.filter((column) => extra.includes(column))].map((name) => {
    const free = freeName(name, taken);
    taken.add(free);
    return free;
  });
}

/** A name that none of the others has: itself, or with _2, _3 … */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  return free;
}

/** The values of our columns for one verdict, as text. */
export function ownCells(cells: VerdictCells, extra: readonly ExtraColumn[]): string[] {
  const values: Record<ExtraColumn, string> = { pattern: cells.pattern, best_guess: cells.bestGuess, reason: cells.reason, provisional: String(cells.provisional) };
  return [cells.label, formatConfidence(cells.confidence), cells.decidedBy, ...EXTRA_COLUMNS.filter((column) => extra.includes(column)).map((column) => values[column])];
}

/** At most four decimals, rounded down short of 1, which only a certain verdict has. */
export function formatConfidence(confidence: number): string {
  if (!(confidence < 1)) return '1';
  return String(Math.min(0.9999, Math.max(0, Math.round(confidence * 1e4) / 1e4)));
}

/** How cells are quoted in the file that the columns are added to. */
export type Quoting = Pick<Dialect, 'quote' | 'backslash'>;

const encoder = new TextEncoder();

/** The text as a CSV cell: quoted where it must be, and, unless `raw`, with a leading ' where a spreadsheet would run it. */
export function csvCell(text: string, delimiter: string, raw: boolean, { quote = '"', backslash = false }: Quoting = {}): string {
  let content = text;
  if (!raw) {
    const bytes = encoder.encode(text);
    if (isFormula(bytes, 0, bytes.length)) content = `'${text}`;
  }
  if (!content.includes(delimiter) && !content.includes(quote) && !/[\r\n]|^\s|\s$/.test(content) && !(backslash && content.includes('\\'))) return content;
  return quote + (backslash ? content.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) : content.replaceAll(quote, quote + quote)) + quote;
}

/** Delimiter and cell for each of the cells, encoded: what is appended to a record. */
export function csvSuffix(cells: readonly string[], delimiter: string, raw: boolean, quoting: Quoting = {}): Uint8Array {
  return encoder.encode(cells.map((cell) => delimiter + csvCell(cell, delimiter, raw, quoting)).join(''));
}
