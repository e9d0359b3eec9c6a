import type { Dialect } from '../../contract/dialect.ts';
import type { RowStore } from '../patterns/row-store.ts';
import { timeAt } from '../patterns/row-store.ts';
import { openReader } from '../read/formats.ts';
import { openZone } from '../read/zone.ts';

const DAY_MS = 86_400_000;
/** A time further ahead than this does not depend on the year assumed. */
const AHEAD_MS = 400 * DAY_MS;
/** An hour east of Greenwich all the year round: what changes with it names no zone. */
const OTHER_ZONE = 'Etc/GMT-1';

/** What is assumed of a file's times, and whether it matters. */
export type TimeSays = Pick<Dialect, 'assumedYear' | 'zoneless' | 'yearless'>;

/**
 * What the first part of a file leaves open about its times. Found by reading it with other assumptions: whatever the format,
 * times that change with the zone name none, and those that change with the year name none.
 * @param head the file's first bytes
 * @param written when the file was last written, epoch ms: the year assumed puts the first times before that
 */
export function timeSays(dialect: Dialect, head: Uint8Array, written: number): TimeSays {
  const year = new Date(written).getUTCFullYear();
  const usual = timesOf({ ...dialect, assumedYear: year, zone: 'UTC' }, head);
  const yearless = differ(usual, timesOf({ ...dialect, assumedYear: year - 1, zone: 'UTC' }, head));
  let last = -Infinity;
  if (yearless) for (const time of usual) if (time > last && time < written + AHEAD_MS) last = time;
  return {
    assumedYear: last > written + DAY_MS ? year - 1 : year,
    zoneless: differ(usual, timesOf({ ...dialect, assumedYear: year, zone: OTHER_ZONE }, head)),
    yearless,
  };
}

/** Rows looked at for the last time before a place, and bytes for the first one behind it. */
const NEAR_ROWS = 10_000;
const NEAR_BYTES = 1 << 16;
/** Of two readings of a stamp without a year, the nearer to the stamp before it is meant. */
const HALF_YEAR_MS = 186 * DAY_MS;

/**
 * The year to assume where reading goes on in the middle of a file: New Year may have come since its start.
 * @param rows those before the place
 * @param bytes what follows, from a physical line (from 1)
 */
export function yearFrom(dialect: Dialect, rows: RowStore, bytes: Uint8Array, line: number): number {
  const last = dialect.yearless ? lastTimeOf(rows) : NaN;
  if (Number.isNaN(last)) return dialect.assumedYear;
  // As the file's own clock shows it.
  const year = new Date(last + (openZone(dialect.zone)?.offsetAt(last) ?? 0)).getUTCFullYear();
  let next = NaN;
  openReader({ ...dialect, assumedYear: year }, { line }).push(bytes, 0, Math.min(bytes.length, NEAR_BYTES), true, ({ time }) => {
    if (Number.isNaN(next)) next = time;
  });
  if (next - last < -HALF_YEAR_MS) return year + 1;
  return next - last > HALF_YEAR_MS ? year - 1 : year;
}

function lastTimeOf(rows: RowStore): number {
  for (let row = rows.count - 1; row >= 0 && row >= rows.count - NEAR_ROWS; row--) {
    const block = rows.blockOf(row);
    const time = timeAt(block, row - block.firstRow);
    if (!Number.isNaN(time)) return time;
  }
  return NaN;
}

function timesOf(dialect: Dialect, head: Uint8Array): readonly number[] {
  const times: number[] = [];
  openReader(dialect).push(head, 0, head.length, false, ({ time }) => times.push(time));
  return times;
}

function differ(some: readonly number[], others: readonly number[]): boolean {
  return some.some((time, at) => !Object.is(time, others[at]));
}
