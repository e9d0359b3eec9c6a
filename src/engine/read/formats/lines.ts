import type { Dialect } from '../../../contract/dialect.ts';
import type { FormatModule, Sample } from '../format-module.ts';
import { groupingOf } from '../grouping.ts';
import { LineReader } from '../lines.ts';
import { isDayFirst } from '../sniff-csv.ts';

const SAMPLE_LINES = 1000;
/** Of the sample that is being looked at: all formats of lines want the same. */
const dialects = new WeakMap<Sample, Dialect>();

/** Any text: an entry a line, with whatever header is recognised, line by line. Fits everything, so that everything can be read. */
export const linesFormat: FormatModule = {
  name: 'Lines',
  recognise: (sample) => ({ score: 0.5, dialect: linesDialect(sample) }),
  open: (dialect, resume) => new LineReader(dialect, resume),
};

/** How a sample is read line by line. */
export function linesDialect(sample: Sample): Dialect {
  const known = dialects.get(sample);
  if (known !== undefined) return known;
  const { text, base, shape } = sample;
  const dayFirst = isDayFirst(text.split(/\r\n|\n|\r/).slice(0, SAMPLE_LINES).map((line) => [line]), 0);
  const found: Dialect = { ...base, shape: shape.kind, dayFirst };
  const dialect = { ...found, grouping: groupingOf(sample.bytes, found) };
  dialects.set(sample, dialect);
  return dialect;
}
