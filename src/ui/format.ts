const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en', { maximumFractionDigits: 1, notation: 'compact' });

/** 9,812,440 */
export const count = (n: number): string => WHOLE.format(n);
/** 9.8M: where space is short and the exact number is one step away. */
export const short = (n: number): string => (n < 10_000 ? WHOLE.format(n) : SHORT.format(n));

/** 2.9K, 12K, 1.2M: where only the size matters and the exact number is one step away. */
const TINY = new Intl.NumberFormat('en', { maximumSignificantDigits: 2, notation: 'compact' });
export const tiny = (n: number): string => (n < 1000 ? WHOLE.format(n) : TINY.format(n));

/** "1 entry", "1,204 entries" */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** 1.9 %; never rounds something to nothing nor almost all to all. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  if (part === whole) return '100 %';
  const percent = (100 * part) / whole;
  if (percent < 0.1) return '< 0.1 %';
  if (percent > 99.9) return '> 99.9 %';
  return `${percent < 10 || percent > 90 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** 412 MB (powers of ten, as file managers count) */
export function bytes(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = n;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

/** "3 s", "4 min", "2.5 h" */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString();
const valid = (time: number): boolean => Math.abs(time) <= 8.64e15;

/** Writes times as short as the span of the log allows; always UTC. Built once per log. */
export function timeWriter(first: number, last: number, width = 1000): (time: number) => string {
  const seconds = width < 60_000;
  const oneDay = valid(first) && valid(last) && Math.floor(first / DAY) === Math.floor(last / DAY);
  const oneYear = oneDay || (valid(first) && valid(last) && iso(first).slice(0, 4) === iso(last).slice(0, 4));
  return (time) => {
    if (!valid(time)) return '';
    const text = iso(time);
    const clock = text.slice(11, seconds ? 19 : 16);
    return oneDay ? clock : `${text.slice(oneYear ? 5 : 0, 10)} ${clock}`;
  };
}

/** "00:00–06:12 UTC" on one day (with the day), else both ends in full. */
export function span(first: number, last: number): string {
  if (!valid(first) || !valid(last)) return '';
  const a = iso(first);
  const b = iso(last);
  const seconds = last - first < 600_000 ? 19 : 16;
  if (a.slice(0, 10) === b.slice(0, 10)) return `${a.slice(0, 10)}, ${a.slice(11, seconds)}–${b.slice(11, seconds)} UTC`;
  return `${a.slice(0, 10)} ${a.slice(11, 16)} – ${b.slice(0, 10)} ${b.slice(11, 16)} UTC`;
}

/** Full time to the millisecond, UTC; '' if there is none. */
export function fullTime(time: number): string {
  return valid(time) ? iso(time).replace('T', ' ').replace(/\.000Z$|Z$/, '') : '';
}
