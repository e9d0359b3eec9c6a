import type { HttpClass } from '../../contract/pattern.ts';
import type { RulePart } from '../../contract/rule.ts';
import { Masker } from '../patterns/mask.ts';
import type { FinishedRun } from './finished-run.ts';
import { visitRows } from './visit-rows.ts';

/** Longer messages are not kept with a rule. */
const MOST_BYTES = 1 << 16;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * All rows with the very message of this one, and its level, as what a split selects; null where the message is too long.
 * @throws Failure 'file-unreadable'
 */
export async function partOfRow({ inputs, scan }: FinishedRun, row: number): Promise<RulePart | null> {
  const block = scan.rows.blockOf(row);
  const level = scan.keys.level[block.keys[row - block.firstRow]];
  let part: RulePart | null = null;
  await visitRows(inputs, scan.rows, [row], ({ text, messageStart, messageEnd }) => {
    if (messageEnd - messageStart > MOST_BYTES) return;
    const masker = new Masker();
    masker.mask(text, messageStart, messageEnd);
    const message = decoder.decode(text.subarray(messageStart, messageEnd));
    part = { text: decoder.decode(masker.out.subarray(0, masker.length)), level, http: masker.http as HttpClass, where: [{ token: null, value: message }] };
  });
  return part;
}
