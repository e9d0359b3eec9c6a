import type { Dialect } from '../../contract/dialect.ts';
import { openReader } from '../read/formats.ts';

const DAY_MS = 86_400_000;
/** A time further ahead than this does not depend on the year assumed. */
const AHEAD_MS = 400 * DAY_MS;

/**
 * The year of times that name none: the one that puts the file's first times before the file was last written.
 * @param head the file's first bytes
 * @param written when the file was last written, epoch ms
 */
export function assumedYear(dialect: Dialect, head: Uint8Array, written: number): number {
  const year = new Date(written).getUTCFullYear();
  let last = -Infinity;
  openReader({ ...dialect, assumedYear: year }).push(head, 0, head.length, false, (entry) => {
    if (entry.time > last && entry.time < written + AHEAD_MS) last = entry.time;
  });
  return last > written + DAY_MS ? year - 1 : year;
}
