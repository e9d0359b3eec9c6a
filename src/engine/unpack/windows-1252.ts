/**
 * Code points of the bytes 0x80…0x9F; every other byte is its own code point. The five bytes that Microsoft left open stand
 * for control codes, so all 256 bytes can be told apart (https://encoding.spec.whatwg.org/#index-windows-1252).
 */
const HIGH_CONTROLS = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
  0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];

/** Code point of each byte. */
export const WINDOWS_1252: Uint16Array = Uint16Array.from({ length: 256 }, (_, byte) => (byte >= 0x80 && byte < 0xa0 ? HIGH_CONTROLS[byte - 0x80] : byte));

const BYTE_OF = new Map(HIGH_CONTROLS.map((point, at) => [point, at + 0x80]));

/** Byte of a code point, -1 where there is none. */
export function windows1252Byte(point: number): number {
  if (point < 0x80 || (point >= 0xa0 && point < 0x100)) return point;
  return BYTE_OF.get(point) ?? -1;
}
