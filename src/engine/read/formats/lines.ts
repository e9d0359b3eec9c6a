import type { FormatModule } from '../format-module.ts';
import { shapeOf } from '../line-shape.ts';
import { LineReader } from '../lines.ts';
import { isDayFirst } from '../sniff-csv.ts';

const SAMPLE_LINES = 1000;

/** Any text: an entry a line, with whatever header is recognised. Fits everything, so that everything can be read. */
export const linesFormat: FormatModule = {
  name: 'Lines',
  recognise({ bytes, text, base }) {
    const dayFirst = isDayFirst(text.split(/\r\n|\n|\r/).slice(0, SAMPLE_LINES).map((line) => [line]), 0);
    return { score: 0.5, dialect: { ...base, shape: shapeOf(bytes, base).kind, dayFirst } };
  },
  open: (dialect, resume) => new LineReader(dialect, resume),
};
