import type { RowStore } from '../patterns/row-store.ts';
import { ENTRY_RECORD } from '../read/entry.ts';
import { openReader } from '../read/formats.ts';
import { Feed } from './feed.ts';
import type { ScanInput } from './scan.ts';

/** Rows among `candidates` (ascending) whose record contains `text`, ignoring case: one pass over the files. */
export async function searchRows(inputs: readonly ScanInput[], store: RowStore, candidates: Uint32Array, text: string): Promise<Uint32Array> {
  const needle = text.toLowerCase();
  const found = new Uint32Array(candidates.length);
  const decoder = new TextDecoder();
  let count = 0, next = 0, row = 0;
  for (const input of inputs) {
    const feed = new Feed(input.source, openReader(input.dialect));
    try {
      while (!feed.done && row < store.count) {
        await feed.advance((entry) => {
          if (entry.kind !== ENTRY_RECORD || row >= store.count) return;
          if (candidates[next] === row) {
            next++;
            if (decoder.decode(entry.bytes.subarray(entry.start, entry.end)).toLowerCase().includes(needle)) found[count++] = row;
          }
          row++;
        });
      }
    } finally {
      feed.close();
    }
  }
  return found.slice(0, count);
}
