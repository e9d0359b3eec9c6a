import { expect, test } from 'vitest';
import { csvRows, withCsvColumns } from '../../../src/engine/read/csv-columns.ts';
import { bytesOf, csvDialect } from './reading.ts';

const TEXT = bytesOf('source,log_message\nCRM,"one, ""two"""\nERP,three,more\n\nHR\n');

test('rows are cut as the reader cuts them', () => {
  const dialect = csvDialect(['source', 'log_message']);
  expect(csvRows(TEXT, dialect)).toEqual([['CRM', 'one, "two"'], ['ERP', 'three', 'more'], ['HR']]);
  expect(csvRows(TEXT, { ...dialect, header: false }, 2)).toEqual([['source', 'log_message'], ['CRM', 'one, "two"']]);
});

test('columns are named by the header, as many as the widest row has', () => {
  const dialect = withCsvColumns(TEXT, csvDialect([]));
  expect(dialect.columns).toEqual(['source', 'log_message', 'Column 3']);
  expect(dialect.roles).toMatchObject({ source: 0, message: 1 });
  expect(withCsvColumns(TEXT, { ...dialect, header: false }).columns).toEqual(['Column 1', 'Column 2', 'Column 3']);
  expect(withCsvColumns(TEXT, { ...dialect, delimiter: ';' }).columns).toEqual(['source,log_message']);
});
