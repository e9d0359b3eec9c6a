import type { Dialect, Format } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import type { RecordReader, Resume } from './entry.ts';
import type { FormatModule } from './format-module.ts';
import { csvFormat } from './formats/csv.ts';
import { jsonFormat } from './formats/json.ts';
import { linesFormat } from './formats/lines.ts';

/** What can be read, in the order in which it is shown. A new format is a file in `formats/` and a line here. */
export const FORMATS: Readonly<Record<Format, FormatModule>> = {
  json: jsonFormat,
  csv: csvFormat,
  lines: linesFormat,
};

/** @throws Failure 'internal' where there is no such format */
export function formatOf(id: Format): FormatModule {
  if (!Object.hasOwn(FORMATS, id)) throw new Failure('internal', `There is no format “${id}”.`);
  return FORMATS[id];
}

/** A reader for one file, from its first byte; or, with `resume`, from the start of a record within it. */
export function openReader(dialect: Dialect, resume?: Resume): RecordReader {
  return formatOf(dialect.format).open(dialect, resume);
}
