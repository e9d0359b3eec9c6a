/** Of each byte: 1 digit, 2 letter, 4 a sign that joins a name to a value, 8 "@" or "%", 16 sign within long tokens. */
const CLASS = new Uint8Array(256);
for (let byte = 48; byte <= 57; byte++) CLASS[byte] = 1;
for (let byte = 65; byte <= 90; byte++) CLASS[byte] = CLASS[byte + 32] = 2;
for (const sign of ':=') CLASS[sign.charCodeAt(0)] = 4;
for (const sign of '@%') CLASS[sign.charCodeAt(0)] = 8;
for (const sign of '+/_-') CLASS[sign.charCodeAt(0)] = 16;

/** Digits of the shortest address (::1 apart, which has a colon). */
const FEW_DIGITS = 4;
/** The shortest key of a known issuer. */
const LONG_RUN = 15;
const BLANK = 32;
const TAB = 9;

/**
 * Whether bytes[from, to) may hold a value that any finder takes: a "@", a "%", ":" or "=", four digits, or a long run of letters
 * and digits. Says no for most plain sentences, which then need not be decoded.
 */
export function mayHold(bytes: Uint8Array, from: number, to: number): boolean {
  let digits = 0;
  let run = 0;
  for (let p = from; p < to; p++) {
    const kind = CLASS[bytes[p]];
    if ((kind & 12) !== 0) return true;
    if (kind === 1 && ++digits >= FEW_DIGITS) return true;
    if ((kind & 19) !== 0) {
      if (++run > LONG_RUN) return true;
    } else {
      // A scheme ("Basic dXNlcjpwYXNz") may have a short word after it.
      if ((bytes[p] === BLANK || bytes[p] === TAB) && run >= 5 && isSchemeEnd(bytes, p - 1)) return true;
      run = 0;
    }
  }
  return false;
}

/** The last two letters of Bearer, Basic, Digest, Token, ApiKey. */
function isSchemeEnd(bytes: Uint8Array, last: number): boolean {
  const pair = ((bytes[last - 1] | 32) << 8) | (bytes[last] | 32);
  return pair === 0x6572 || pair === 0x6963 || pair === 0x7374 || pair === 0x656e || pair === 0x6579;
}
