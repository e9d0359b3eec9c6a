import { Masker } from '../patterns/mask.ts';
import { TokenSpans } from '../patterns/token-spans.ts';
import type { FinishedRun } from './finished-run.ts';
import { visitRows } from './visit-rows.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * What stands in the message itself for each token of its masked text, by row (ascending), read again from the file.
 * @throws Failure 'file-unreadable'
 */
export async function visitTokens({ inputs, scan }: FinishedRun, rows: ArrayLike<number>, visit: (tokens: readonly string[], row: number) => void): Promise<void> {
  const masker = new Masker();
  const spans = new TokenSpans();
  await visitRows(inputs, scan.rows, rows, (entry, row) => {
    masker.mask(entry.text, entry.messageStart, entry.messageEnd);
    spans.read(masker);
    visit(Array.from({ length: spans.count }, (_, at) => decoder.decode(spans.bytes.subarray(spans.from[at], spans.to[at]))), row);
  });
}
