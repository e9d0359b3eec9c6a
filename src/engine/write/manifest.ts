import type { Dialect, Encoding, ReadProblem } from '../../contract/dialect.ts';
import type { RedactionKind } from '../../contract/export.ts';
import type { LlmCheck } from '../../contract/llm.ts';

/** `manifest.json`: what went in, how it was read and by what it was decided, so that a result can be checked and made again. Holds no text of the log but names of sources that the person routed to a language model. */
export interface Manifest {
  readonly format: 'winnow-manifest';
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Program and version; hash of its source and of the list of its models. */
  readonly madeBy: string;
  readonly build: string;
  readonly inputs: readonly ManifestInput[];
  /** What the inputs were compared with. */
  readonly comparedWith: readonly ManifestInput[];
  /** Physical lines, and the entries made of them. */
  readonly lines: number;
  readonly entries: number;
  /** Every entry was read and decided. */
  readonly complete: boolean;
  /** Rows whose verdict may still change. */
  readonly provisionalRows: number;
  readonly unread: { readonly count: number; readonly first: readonly { readonly file: string; readonly line: number; readonly reason: string }[] };
  readonly outputs: readonly ManifestOutput[];
  readonly decisions: {
    /** 0…1: below it a verdict is Unclassified. */
    readonly threshold: number;
    readonly backend: string;
    /** WebAssembly threads, and the encoder's model file and back end; 0 and '' where it was not needed. */
    readonly threads: number;
    readonly encoder: string;
    readonly models: readonly { readonly path: string; readonly sha256: string }[];
    /** Names and hashes of models that the person added. */
    readonly addedModels: readonly { readonly name: string; readonly sha256: string }[];
    /** Hash of the rules in force, in order, as canonical JSON. */
    readonly rules: { readonly sha256: string; readonly count: number; readonly own: number; readonly off: number; readonly splits: number };
    readonly corrections: { readonly corrected: number; readonly confirmed: number };
    /** null where none was asked about what is open. */
    readonly languageModel: ManifestLlm | null;
  };
  readonly spotCheck: { readonly correct: number; readonly judged: number; readonly low: number; readonly high: number; readonly seed: number; readonly date: string } | null;
}

/** The language model on the person's own machine, and what it had to do with the verdicts. */
export interface ManifestLlm {
  readonly name: string;
  readonly runtime: string;
  /** Where its files came from; '' for files of this computer. */
  readonly from: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** Right answers on known lines; null where it was not tried. */
  readonly trial: Pick<LlmCheck, 'from' | 'lines' | 'llm' | 'neighbour' | 'vote' | 'seed'> | null;
  /** Its answers decide; and whether that is because the person wanted it so, though it was not clearly better than the others. */
  readonly believed: boolean;
  readonly trusted: boolean;
  /** Sources that were routed to it. */
  readonly routed: readonly string[];
  readonly reviewed: boolean;
  /** Patterns that it answered, and whose verdict is its. */
  readonly asked: number;
  readonly decided: number;
}

export interface ManifestInput {
  readonly name: string;
  /** Of the file as it was dropped. */
  readonly bytes: number;
  readonly sha256: string;
  readonly format: string;
  readonly packing: string;
  /** Path within an archive; '' for other files. */
  readonly member: string;
  readonly encoding: Encoding;
  readonly grouping: string;
  /** CSV: columns by what they stand for. */
  readonly columns: Readonly<Record<string, string>>;
  /** What was taken for times that do not say it themselves; null where all do. */
  readonly assumedZone: string | null;
  readonly assumedYear: number | null;
}

/** A file that was saved. */
export interface ManifestOutput {
  readonly name: string;
  readonly rows: number;
  readonly filtered: boolean;
  readonly redaction: { readonly kinds: readonly RedactionKind[]; readonly ownExpressions: number; readonly replaced: number } | null;
}

/** How a file was read, for the manifest. */
export function manifestInput({ name, size, sha256 }: { readonly name: string; readonly size: number; readonly sha256: string }, dialect: Dialect): ManifestInput {
  const { format, packing, member, encoding, grouping, roles, columns, zoneless, zone, yearless, assumedYear } = dialect;
  const named = Object.entries(roles).flatMap(([role, column]) => (column >= 0 && columns[column] !== undefined ? [[role, columns[column]] as const] : []));
  return {
    name, bytes: size, sha256, format, packing, member, encoding, grouping, columns: Object.fromEntries(named),
    assumedZone: zoneless ? zone : null, assumedYear: yearless ? assumedYear : null,
  };
}

/** Listed in the manifest; there may be very many. */
const MOST_UNREAD = 100;

/**
 * What could not be read: place and reason, none of the content.
 * @param names of the files; what is listed of others is left out
 */
export function manifestUnread(problems: readonly ReadProblem[], count: number, names: readonly string[]): Manifest['unread'] {
  const own = problems.filter(({ file }) => file < names.length);
  return { count, first: own.slice(0, MOST_UNREAD).map(({ file, line, reason }) => ({ file: names[file], line, reason })) };
}

/** The file's text. */
export function writeManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** JSON with the keys of every object in order: equal things give equal texts, and so equal hashes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
}
