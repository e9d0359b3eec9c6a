const REPLACEMENT = 0xfffd;

/**
 * Decodes the code point at bytes[at] of UTF-8 text that ends before `end`, bad bytes as U+FFFD exactly as
 * TextDecoder does it (WHATWG Encoding, "UTF-8 decoder": one replacement per maximal truncated sequence).
 *
 * @returns code point × 8 + number of bytes taken (1…4)
 */
export function readSymbol(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return lead * 8 + 1;
  if (lead < 0xc2 || lead > 0xf4) return REPLACEMENT * 8 + 1;
  // The second byte of some leads is narrower, which shuts out overlong forms, surrogates and values past U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (at + 1 >= end || bytes[at + 1] < low || bytes[at + 1] > high) return REPLACEMENT * 8 + 1;
  if (lead < 0xe0) return (((lead & 0x1f) << 6) | (bytes[at + 1] & 0x3f)) * 8 + 2;
  if (at + 2 >= end || (bytes[at + 2] & 0xc0) !== 0x80) return REPLACEMENT * 8 + 2;
  const three = ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f);
  if (lead < 0xf0) return (((lead & 0x0f) << 12) | three) * 8 + 3;
  if (at + 3 >= end || (bytes[at + 3] & 0xc0) !== 0x80) return REPLACEMENT * 8 + 3;
  return (((lead & 0x07) << 18) | (three << 6) | (bytes[at + 3] & 0x3f)) * 8 + 4;
}
