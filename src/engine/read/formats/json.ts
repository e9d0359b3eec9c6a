import type { FormatModule } from '../format-module.ts';
import { JsonReader } from '../json.ts';
import { sniffJson } from '../sniff-json.ts';

/** One JSON object a line (ndjson, JSON Lines). */
export const jsonFormat: FormatModule = {
  name: 'JSON lines',
  recognise({ text, base }) {
    const dialect = sniffJson(text, base);
    return dialect === undefined ? null : { score: 0.95, dialect };
  },
  open: (dialect, resume) => new JsonReader(dialect, resume),
};
