import { joined } from '../unpack/packed.ts';

/** A small, seeded generator of pseudo-random numbers (mulberry32, public domain): the same cases for the same seed, everywhere. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What tends to break readers of logs. */
const PIECES = [
  '\n', '\r\n', '\r', '\0', '"', '""', "'", '\\', ',', ';', '\t', '|', '{', '}', '[', ']', '{"a":', ':"', '\\u', '\\ud800', '<34>1 ', '<', '>', ' - ', '=', 'MESSAGE=', 'MESSAGE\n\x05\0\0\0\0\0\0\0',
  '    at ', '\tat ', 'Caused by: ', 'Traceback (most recent call last):\n', 'goroutine 1 [running]:\n', 'panic: ', '2024-02-30T25:61:61Z ', 'Jan 32 ', '99999999999999999999', '-0', '1e999', '\x1e', '\ufeff', '\u2028', 'é', '😀', '\x80', '\xff\xfe',
  '[[[[[[[[[[[[[[[[', '{"a":{"a":{"a":{"a":', 'ERROR', 'INFO ', 'stdout P ', 'stderr F ', '#TYPE', 'sep=;\n', '"Records":[', '%', '\x1b[31m',
].map((piece) => Uint8Array.from(piece, (char) => char.codePointAt(0) as number & 0xff));

/** A copy of `bytes` changed in one to four places: bytes flipped, cut out, repeated, moved, or replaced by what tends to break readers. */
export function mutated(bytes: Uint8Array, pick: (below: number) => number): Uint8Array {
  let now = bytes;
  for (let change = 1 + pick(4); change > 0; change--) now = CHANGES[pick(CHANGES.length)](now, pick);
  return now;
}

type Change = (bytes: Uint8Array, pick: (below: number) => number) => Uint8Array;

const CHANGES: readonly Change[] = [
  (bytes, pick) => {
    const copy = bytes.slice();
    if (copy.length > 0) copy[pick(copy.length)] ^= 1 << pick(8);
    return copy;
  },
  (bytes, pick) => {
    const [from, to] = span(bytes, pick);
    return joined([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, pick) => {
    const [from, to] = span(bytes, pick);
    return joined([bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to)]);
  },
  (bytes, pick) => {
    const [from, to] = span(bytes, pick);
    return joined([bytes.subarray(to), bytes.subarray(from, to), bytes.subarray(0, from)]);
  },
  (bytes, pick) => {
    const at = pick(bytes.length + 1);
    return joined([bytes.subarray(0, at), PIECES[pick(PIECES.length)], bytes.subarray(at)]);
  },
  (bytes, pick) => {
    const [from, to] = span(bytes, pick);
    return joined([bytes.subarray(0, from), PIECES[pick(PIECES.length)], bytes.subarray(to)]);
  },
  (bytes, pick) => bytes.subarray(0, pick(bytes.length + 1)),
];

/** Often short, now and then long. */
function span(bytes: Uint8Array, pick: (below: number) => number): [number, number] {
  const from = pick(bytes.length + 1);
  const length = pick(4) === 0 ? pick(bytes.length + 1) : pick(12);
  return [from, Math.min(bytes.length, from + length)];
}
