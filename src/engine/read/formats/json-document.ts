import type { FormatModule } from '../format-module.ts';
import { JsonDocumentReader } from '../json-document.ts';
import { sniffDocument } from '../sniff-document.ts';

/** A list of objects in a JSON document ("[…]", {"Records": […]}), or objects one after another over several lines. */
export const jsonDocumentFormat: FormatModule = {
  name: 'JSON document',
  recognise({ bytes, text, base }) {
    const document = sniffDocument(bytes, text, base);
    if (document === undefined || document.byLine) return null;
    // A single object may as well be a file of settings.
    return { score: document.objects > 1 || document.dialect.path !== '' ? 0.96 : 0.8, dialect: document.dialect };
  },
  closed: true,
  open: (dialect, resume) => new JsonDocumentReader(dialect, resume),
};
