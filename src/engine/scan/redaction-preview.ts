import type { Redaction, RedactionPreview } from '../../contract/export.ts';
import type { Filter } from '../../contract/view.ts';
import { Redactor } from '../redact/redactor.ts';
import type { FinishedRun } from './finished-run.ts';

/** Rows looked at: enough to show what happens, few enough to answer while a person types. */
const PREVIEW_ROWS = 200;

/** What redaction does to the messages of the first rows that pass the filter. @throws Failure 'rules-refused'; as FinishedRun.rowsOf */
export async function redactionPreview(ended: FinishedRun, redaction: Redaction, filter: Filter, most: number): Promise<RedactionPreview> {
  const redactor = new Redactor(redaction);
  const passing = await ended.rowsOf(filter);
  const views = await ended.reader.read(passing.subarray(0, PREVIEW_ROWS));
  const changes = views.flatMap(({ row, raw: before }) => {
    const already = redactor.replaced;
    const after = redactor.text(before);
    return after === before ? [] : [{ row, before, after, values: redactor.replaced - already }];
  });
  return { rows: changes.slice(0, most), seen: views.length, changed: changes.length };
}
