/** How one input file is to be read. Sniffed from its first part, shown, and correctable. */
export type Format = 'csv' | 'lines' | 'json';
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What a column can stand for. */
export const ROLES = ['source', 'message', 'time', 'level', 'label'] as const;
/** `label`: somebody has already said what each entry is. It decides nothing; verdicts are compared with it, and models can learn from it. */
export type Role = (typeof ROLES)[number];
export const NO_ROLES: Readonly<Record<Role, number>> = { source: -1, message: -1, time: -1, level: -1, label: -1 };

export interface Dialect {
  readonly format: Format;
  readonly encoding: Encoding;
  /** Bytes of a byte-order mark at the start of the file, to be skipped and copied. */
  readonly bom: number;
  /** CSV only: one ASCII character. */
  readonly delimiter: string;
  /** CSV only: the first record names the columns. */
  readonly header: boolean;
  /** CSV: names from the header or "Column 1"…; json: field paths seen in the sample; lines: []. */
  readonly columns: readonly string[];
  /** Index into `columns` per role; a missing role is -1. For `lines` all are -1: the line's header is parsed instead. */
  readonly roles: Readonly<Record<Role, number>>;
  /** 0…1: how sure the sniffer is of `roles.message`. Below 0.5 the person is asked before reading. */
  readonly sure: number;
  /** Lines only: which shape of line header was recognised, for display, e.g. "syslog"; '' if none. */
  readonly shape: string;
  /** Year of times that name none (syslog). */
  readonly assumedYear: number;
  /** 03/04/2024 is 3 April. */
  readonly dayFirst: boolean;
  /** Lines only: a lone CR ends a line, since the sample has no LF. */
  readonly loneCr: boolean;
}

/** Something that could not be read as the dialect says. Data, not an exception: the record still comes out. */
export interface ReadProblem {
  /** First physical line of the record, from 1. */
  readonly line: number;
  readonly reason: 'short-row' | 'long-row' | 'stray-quote' | 'open-quote' | 'bad-json' | 'bad-encoding' | 'too-long';
  readonly detail: string;
}
