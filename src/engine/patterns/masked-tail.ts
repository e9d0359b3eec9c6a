import { BYTE_CLASS, LETTER, STOP } from './byte-class.ts';
import { WEEKDAYS } from './month-names.ts';

/** What of a date stands at the end of the masked text before the rest of the date is seen. */
const NUM = new TextEncoder().encode('<num>');
const HALVES = ['午前', '午後'].map((half) => new TextEncoder().encode(half));
/** The longest name of a weekday, in bytes. */
const WEEKDAY_MAX = 24;
const decoder = new TextDecoder();

/**
 * Where in out[0, length) the date begins whose month comes next: at its weekday, or at the last `<num>` where a day stands before
 * the month, or at `length`. -1 where that is not there.
 */
export function dateBegin(out: Uint8Array, length: number, day: boolean): number {
  let begin = length;
  if (day) {
    // "<num>. de " at most.
    for (let back = 0; back < NUM.length + 6 && out[begin] !== NUM[0]; back++) begin--;
    if (begin < 0 || !NUM.every((byte, at) => out[begin + at] === byte)) return -1;
  }
  return weekdayBegin(out, begin);
}

/** "Freitag, ", "пт ", "lunes, " */
function weekdayBegin(out: Uint8Array, length: number): number {
  let end = length;
  while (end > 0 && (out[end - 1] === 0x20 || out[end - 1] === 0x2c || out[end - 1] === 0x2e) && length - end < 3) end--;
  let begin = end;
  while (begin > 0 && end - begin < WEEKDAY_MAX && BYTE_CLASS[out[begin - 1]] & LETTER) begin--;
  if (begin === end || end === length || (begin > 0 && BYTE_CLASS[out[begin - 1]] < STOP)) return length;
  return WEEKDAYS.has(decoder.decode(out.subarray(begin, end)).toLowerCase()) ? begin : length;
}

/** Length of out[0, length) without the half of the day that ends it: 午前, 午後. */
export function halfOfDay(out: Uint8Array, length: number): number {
  const half = HALVES.find((word) => length >= word.length && word.every((byte, at) => out[length - word.length + at] === byte));
  return half === undefined ? length : length - half.length;
}
