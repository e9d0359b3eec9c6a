/**
 * SipHash-2-4 (Aumasson, Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012): a keyed hash made for short inputs. It is
 * synchronous and needs no WebAssembly, and without the key nobody can check a guess against a stand-in. 64-bit words are
 * pairs of 32-bit halves: word i is v[2i] (low) and v[2i + 1] (high).
 */
export class SipHash {
  private readonly key: Uint32Array;
  private readonly v = new Uint32Array(8);

  /** @param key 16 bytes */
  constructor(key: Uint8Array) {
    if (key.length !== 16) throw new RangeError('the key must have 16 bytes');
    const view = new DataView(key.buffer, key.byteOffset, 16);
    this.key = Uint32Array.from({ length: 4 }, (_, at) => view.getUint32(4 * at, true));
  }

  /** The hash as 16 hex digits, most significant first. */
  hex(bytes: Uint8Array): string {
    const { v } = this;
    const [k0, k1, k2, k3] = this.key;
    v.set([k0 ^ 0x70736575, k1 ^ 0x736f6d65, k2 ^ 0x6e646f6d, k3 ^ 0x646f7261, k0 ^ 0x6e657261, k1 ^ 0x6c796765, k2 ^ 0x79746573, k3 ^ 0x74656462]);
    const whole = bytes.length & ~7;
    for (let at = 0; at < whole; at += 8) this.word(wordAt(bytes, at), wordAt(bytes, at + 4));
    const tail = new Uint8Array(8);
    tail.set(bytes.subarray(whole));
    tail[7] = bytes.length & 0xff;
    this.word(wordAt(tail, 0), wordAt(tail, 4));
    v[4] ^= 0xff;
    for (let round = 0; round < 4; round++) this.round();
    return half(v[1] ^ v[3] ^ v[5] ^ v[7]) + half(v[0] ^ v[2] ^ v[4] ^ v[6]);
  }

  private word(low: number, high: number): void {
    const { v } = this;
    v[6] ^= low;
    v[7] ^= high;
    this.round();
    this.round();
    v[0] ^= low;
    v[1] ^= high;
  }

  private round(): void {
    this.mix(0, 2, 13);
    this.turn(0, 32);
    this.mix(4, 6, 16);
    this.mix(0, 6, 21);
    this.mix(4, 2, 17);
    this.turn(4, 32);
  }

  /** a += b; b = (b <<< bits) ^ a. */
  private mix(a: number, b: number, bits: number): void {
    const { v } = this;
    const low = v[a] + v[b];
    v[a + 1] = v[a + 1] + v[b + 1] + (low > 0xffffffff ? 1 : 0);
    v[a] = low;
    this.turn(b, bits);
    v[b] ^= v[a];
    v[b + 1] ^= v[a + 1];
  }

  private turn(at: number, bits: number): void {
    const { v } = this;
    const low = v[at];
    const high = v[at + 1];
    if (bits === 32) {
      v[at] = high;
      v[at + 1] = low;
    } else {
      v[at] = (low << bits) | (high >>> (32 - bits));
      v[at + 1] = (high << bits) | (low >>> (32 - bits));
    }
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

function half(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
