import { expect, test } from 'vitest';
import { SipHash } from '../../../src/engine/redact/sip-hash.ts';

const hash = new SipHash(Uint8Array.from({ length: 16 }, (_, at) => at));
const upTo = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at);

test.each([
  // Reference implementation's vectors (github.com/veorq/SipHash, vectors.h) and the paper's appendix A.
  [0, '726fdb47dd0e0e31'], [1, '74f839c593dc67fd'], [7, 'ab0200f58b01d137'], [8, '93f5f5799a932462'], [15, 'a129ca6149be45e5'], [63, '958a324ceb064572'],
])('SipHash-2-4 of %i bytes', (length, expected) => {
  expect(hash.hex(upTo(length))).toBe(expected);
});

test('another key gives another hash', () => {
  expect(new SipHash(new Uint8Array(16)).hex(upTo(4))).not.toBe(hash.hex(upTo(4)));
});
