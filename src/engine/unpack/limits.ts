/** How much may come out of a packed file: a few kilobytes can be made to unpack to more than any disk holds. */
export interface UnpackLimits {
  /** Bytes unpacked in all. */
  readonly bytes: number;
  /** Beyond `ratioFrom` bytes unpacked, so many times the bytes they were made from. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

/**
 * Logs pack 10 to 60 times smaller, very monotonous ones 150 times; bombs of one repeated byte 1,000 (deflate) to 30,000 times (zstd).
 * Up to 1 GiB costs seconds whatever the ratio. 32 GiB is more than browsers find room for on most disks.
 */
export const UNPACK_LIMITS: UnpackLimits = { bytes: 32 * 2 ** 30, ratio: 200, ratioFrom: 2 ** 30 };

/** Window of a zstd frame, kept in memory: 128 MiB is what the zstd program itself unpacks without being asked for more (`--long=27`). */
export const MAX_WINDOW = 1 << 27;
