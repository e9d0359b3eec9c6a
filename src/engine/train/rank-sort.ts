/** Below this length moving items one by one beats counting digits. */
const SHORT = 40;
const DIGIT_BITS = 8;
const DIGITS = 1 << DIGIT_BITS;

/** Sorts rows by rank, again and again, without allocating. */
export class RankSorter {
  /** After `sort`: ranks in rising order, and the rows they belong to. */
  keys: Int32Array;
  rows: Int32Array;
  #otherKeys: Int32Array;
  #otherRows: Int32Array;
  readonly #counts = new Int32Array(DIGITS);

  constructor(capacity: number) {
    this.keys = new Int32Array(capacity);
    this.rows = new Int32Array(capacity);
    this.#otherKeys = new Int32Array(capacity);
    this.#otherRows = new Int32Array(capacity);
  }

  /** Loads rows[start … end) with the ranks of one feature (ranks[offset + row]) and sorts them; equal ranks keep their order. */
  sort(rows: Int32Array, start: number, end: number, ranks: Uint16Array | Uint32Array, offset: number): void {
    const length = end - start;
    let most = 0;
    for (let i = 0; i < length; i += 1) {
      const row = rows[start + i];
      const key = ranks[offset + row];
      this.keys[i] = key;
      this.rows[i] = row;
      if (key > most) most = key;
    }
    if (length <= SHORT) this.#insertionSort(length);
    else for (let shift = 0; most >> shift > 0; shift += DIGIT_BITS) this.#countingPass(length, shift);
  }

  #insertionSort(length: number): void {
    const { keys, rows } = this;
    for (let i = 1; i < length; i += 1) {
      const key = keys[i];
      const row = rows[i];
      let j = i - 1;
      for (; j >= 0 && keys[j] > key; j -= 1) {
        keys[j + 1] = keys[j];
        rows[j + 1] = rows[j];
      }
      keys[j + 1] = key;
      rows[j + 1] = row;
    }
  }

  /** One pass of a radix sort, least significant digit first. */
  #countingPass(length: number, shift: number): void {
    const keys = this.keys;
    const rows = this.rows;
    const otherKeys = this.#otherKeys;
    const otherRows = this.#otherRows;
    const counts = this.#counts.fill(0);
    for (let i = 0; i < length; i += 1) counts[(keys[i] >> shift) & (DIGITS - 1)] += 1;
    let at = 0;
    for (let digit = 0; digit < DIGITS; digit += 1) {
      const count = counts[digit];
      counts[digit] = at;
      at += count;
    }
    for (let i = 0; i < length; i += 1) {
      const to = counts[(keys[i] >> shift) & (DIGITS - 1)]++;
      otherKeys[to] = keys[i];
      otherRows[to] = rows[i];
    }
    this.keys = otherKeys;
    this.rows = otherRows;
    this.#otherKeys = keys;
    this.#otherRows = rows;
  }
}
