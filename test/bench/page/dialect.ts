import type { Dialect } from '../../../src/contract/dialect.ts';
import { sniff } from '../../../src/engine/read/sniff.ts';

/** How the product would read the file. */
export async function dialectOf(file: File): Promise<Dialect> {
  const head = new Uint8Array(await file.slice(0, 1 << 18).arrayBuffer());
  return sniff(head, head.length === file.size, file.name);
}
