import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { RECORDED } from './saved-csv.ts';

/** A training file of the classic kind: every n-th recorded line with its label by hand; none where nobody could say. */
export function labelledCsv(every: number): string {
  const [, ...rows] = Papa.parse<[string, string]>(readFileSync(join(RECORDED, 'classic.csv'), 'utf8').trimEnd()).data;
  const [, ...labels] = readFileSync(join(RECORDED, 'classic.labels'), 'utf8').split('\n');
  const data = rows.map(([source, message], at) => [source, message, labels[at] === '?' ? '' : labels[at]]).filter((_, at) => at % every === 0);
  return Papa.unparse({ fields: ['source', 'log_message', 'target_label'], data }, { newline: '\n' });
}
