import type { Dialect, Format } from '../../contract/dialect.ts';
import { CsvReader } from './csv.ts';
import type { RecordReader, Resume } from './entry.ts';
import { JsonReader } from './json.ts';
import { LineReader } from './lines.ts';

/** What reads each format. A new format is a file and a line here. */
const FORMATS = {
  csv: (dialect, resume) => new CsvReader(dialect, resume),
  lines: (dialect, resume) => new LineReader(dialect, resume),
  json: (dialect, resume) => new JsonReader(dialect, resume),
} satisfies Record<Format, (dialect: Dialect, resume?: Resume) => RecordReader>;

/** A reader for one file, from its first byte; or, with `resume`, from the start of a record within it. */
export function openReader(dialect: Dialect, resume?: Resume): RecordReader {
  return FORMATS[dialect.format](dialect, resume);
}
