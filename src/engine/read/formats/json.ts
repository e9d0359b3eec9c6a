import type { FormatModule } from '../format-module.ts';
import { JsonReader } from '../json.ts';
import { sniffJson } from '../sniff-json.ts';

/** One JSON object a line (ndjson, JSON Lines), perhaps behind other text, perhaps between other lines. */
export const jsonFormat: FormatModule = {
  name: 'JSON lines',
  recognise({ text, base }) {
    const json = sniffJson(text, base);
    return json === undefined ? null : { score: json.share >= 0.8 ? 0.95 : 0.55 + 0.4 * json.share, dialect: json.dialect };
  },
  open: (dialect, resume) => new JsonReader(dialect, resume),
};
