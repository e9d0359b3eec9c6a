/** How one input file is to be read: the id of an entry in the registry of formats (engine/read/formats.ts). Sniffed from the file's first part, shown, and changeable. */
export type Format = string;
/** Of the unpacked bytes. Readers always see UTF-8: other encodings are rewritten on the way in, and back on the way out. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export type Packing = 'none' | 'gzip' | 'zstd' | 'zip';
/** Which physical lines make an entry: each one; each with the stack trace or indented lines that follow it; each that has a header with all lines that have none. */
export const GROUPINGS = ['line', 'trace', 'headed'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What a column can stand for. */
export const ROLES = ['source', 'message', 'time', 'level', 'label'] as const;
/** `label`: somebody has already said what each entry is. It decides nothing; verdicts are compared with it, and models can learn from it. */
export type Role = (typeof ROLES)[number];
export const NO_ROLES: Readonly<Record<Role, number>> = { source: -1, message: -1, time: -1, level: -1, label: -1 };

/**
 * A format of lines that a person described by marking time, level, source and message in one line. A line is read from left
 * to right: `lead` stands at its start, then each part reaches to the next place where its `until` stands, a time to the
 * next such place behind its stamp. A space in a literal stands for one or more. Roles occur once at most, `message` once.
 */
export interface CustomFormat {
  readonly name: string;
  /** Literal text before the first part. */
  readonly lead: string;
  readonly parts: readonly CustomPart[];
}

export interface CustomPart {
  /** null: skipped. */
  readonly role: Role | null;
  /** Literal text after the part, never '' but for the last part, which reaches to the end of the line; if it has some, that stands at the line's end. */
  readonly until: string;
}

export interface Dialect {
  readonly format: Format;
  readonly packing: Packing;
  /** Path within an archive; '' for other files. */
  readonly member: string;
  readonly encoding: Encoding;
  /** Bytes of a byte-order mark at the start of what readers see (3 or 0: it is UTF-8 there), to be skipped and copied. */
  readonly bom: number;
  /** CSV only: one ASCII character. */
  readonly delimiter: string;
  /** CSV only: what cells are quoted with; " where absent. */
  readonly quote?: '"' | "'";
  /** CSV only: a backslash takes the meaning of the quote or delimiter after it; else quotes within quotes are doubled. */
  readonly backslash?: boolean;
  /** CSV only: the first record names the columns. */
  readonly header: boolean;
  /** Formats with fields: names from the header or "Column 1"…, field paths seen in the sample; of lines: []. */
  readonly columns: readonly string[];
  /** Index into `columns` per role; a missing role is -1. Of lines all are -1: the line's header is parsed instead. */
  readonly roles: Readonly<Record<Role, number>>;
  /** 0…1: how sure the sniffer is of `roles.message`. Below 0.5 the person is asked before reading. */
  readonly sure: number;
  /** Lines only: which shape of line header was recognised, for display, e.g. "syslog"; '' if none. */
  readonly shape: string;
  /** JSON documents only: dotted path of the list whose elements are the entries; '' (or absent) where they stand at the top. */
  readonly path?: string;
  /** Formats of lines only. */
  readonly grouping: Grouping;
  /** A format that a person described by example; null for those of the registry. */
  readonly custom: CustomFormat | null;
  /** Zone of times that name none: an IANA name. */
  readonly zone: string;
  /** Year of times that name none (syslog). */
  readonly assumedYear: number;
  /** The sample has times without a zone, without a year: then the two above matter, and the page says so. */
  readonly zoneless: boolean;
  readonly yearless: boolean;
  /** 03/04/2024 is 3 April. */
  readonly dayFirst: boolean;
  /** Lines only: a lone CR ends a line, since the sample has no LF. */
  readonly loneCr: boolean;
}

/** Something that could not be read as the dialect says. Data, not an exception: the record still comes out. */
export interface ReadProblem {
  /** 0-based index of the file, in the order in which they were opened. */
  readonly file: number;
  /** First physical line of the record, from 1. */
  readonly line: number;
  readonly reason: 'short-row' | 'long-row' | 'stray-quote' | 'open-quote' | 'bad-json' | 'bad-encoding' | 'too-long' | 'cut-short';
  readonly detail: string;
}
