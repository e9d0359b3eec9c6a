import { CsvReader } from '../csv.ts';
import type { FormatModule } from '../format-module.ts';
import { sniffCsv } from '../sniff-csv.ts';

/** CSV and its kin: commas, semicolons, tabs or bars, RFC 4180 quotes and what people make of them. */
export const csvFormat: FormatModule = {
  name: 'CSV',
  recognise({ bytes, name, base, shape }) {
    const stamped = shape.share >= 0.6;
    const csv = sniffCsv(bytes, { expected: /\.(csv|tsv|tab|psv)$/i.test(name), stamped, base: { ...base, bom: 0 } });
    return csv === undefined ? null : { score: 0.9, dialect: { ...csv, bom: base.bom } };
  },
  open: (dialect, resume) => new CsvReader(dialect, resume),
};
