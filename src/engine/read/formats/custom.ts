import { CustomLine } from '../custom-line.ts';
import type { FormatModule } from '../format-module.ts';
import { LineReader } from '../lines.ts';
import { isDayFirst } from '../sniff-csv.ts';
import { Stamps } from '../stamps.ts';

const SAMPLE_LINES = 1000;
/** What is read where a person chose this format and described none. */
const WHOLE_LINE = { name: '', lead: '', parts: [{ role: 'message', until: '' }] } as const;

/** What a person described by example. Never guessed: only where there is a description. */
export const customFormat: FormatModule = {
  name: 'My own format',
  recognise({ text, base }) {
    if (base.custom === null) return null;
    const dates = text.split(/\r\n|\n|\r/).slice(0, SAMPLE_LINES).map((line) => [/\d{1,2}[/-]\d{1,2}[/-]\d{4}/.exec(line)?.[0] ?? '']);
    return { score: 0, dialect: { ...base, shape: 'custom', grouping: 'trace', dayFirst: isDayFirst(dates, 0) } };
  },
  open: (dialect, resume) => new LineReader(dialect, resume, new CustomLine(dialect.custom ?? WHOLE_LINE, new Stamps(dialect.assumedYear, dialect.dayFirst, dialect.zone))),
};
