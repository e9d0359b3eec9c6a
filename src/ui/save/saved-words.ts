import type { Saved } from '../../session/save-run.ts';
import { plural } from '../format.ts';
import { visibleText } from '../visible-text.ts';

/** What was saved, and what was changed on the way. */
export function savedWords({ name, rows, formulaCells, redacted, unwritable }: Saved): string {
  return [
    `Saved ${visibleText(name)}: ${plural(rows, 'row')}.`,
    formulaCells > 0 ? `${plural(formulaCells, 'cell')} that a spreadsheet would run as a formula got a leading apostrophe.` : '',
    redacted > 0 ? `${plural(redacted, 'value')} hidden.` : '',
    unwritable > 0 ? `${plural(unwritable, 'character')} of our columns that the file’s encoding lacks became “?”.` : '',
  ].filter((part) => part !== '').join(' ');
}
