import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLANK, BYTE_CLASS } from '../../../src/engine/patterns/byte-class.ts';
import { Masker } from '../../../src/engine/patterns/mask.ts';
import { TokenSpans } from '../../../src/engine/patterns/token-spans.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const masker = new Masker();
const spans = new TokenSpans();

/** Pairs of masked token and what stands for it in the message. */
function pairs(message: string): [masked: string, raw: string][] {
  const bytes = encoder.encode(`<<${message}>>`);
  masker.mask(bytes, 2, bytes.length - 2);
  spans.read(masker);
  const tokens = decoder.decode(masker.out.subarray(0, masker.length)).split(' ');
  expect(spans.count).toBe(tokens.length);
  return tokens.map((token, at) => [token, decoder.decode(bytes.subarray(spans.from[at], spans.to[at]))]);
}

describe('tokens of a masked text', () => {
  test('stand for words of the message', () => {
    expect(pairs('User User12 from 10.0.0.1: ok.')).toEqual([['User', 'User'], ['User<num>', 'User12'], ['from', 'from'], ['<ip>:', '10.0.0.1:'], ['ok.', 'ok.']]);
  });

  test('whatever blanks are around them', () => {
    expect(pairs('  a\t\r 17  b ')).toEqual([['a', 'a'], ['<num>', '17'], ['b', 'b']]);
    expect(pairs('')).toEqual([['', '']]);
    expect(pairs('   ')).toEqual([['', '']]);
  });

  test('and for the whole of a run that masking cuts short', () => {
    expect(pairs('sizes 1 2 3 4 end')).toEqual([['sizes', 'sizes'], ['<num>', '1'], ['<num>', '2 3 4'], ['end', 'end']]);
    expect(pairs('1, 2, 3, 4')).toEqual([['<num>,', '1,'], ['<num>', '2, 3, 4']]);
    expect(pairs('a - 1 - 2 - 3 b')).toEqual([['a', 'a'], ['-', '-'], ['<num>', '1'], ['-', '-'], ['<num>', '2 - 3'], ['b', 'b']]);
  });

  test('and for the whole of a date with its month', () => {
    expect(pairs('am 3. März 2024 um 12')).toEqual([['am', 'am'], ['<time>', '3. März 2024'], ['um', 'um'], ['<num>', '12']]);
    expect(pairs('終了\u3000\u3000４月５日に')).toEqual([['終了', '終了'], ['<time>に', '４月５日に']]);
  });

  test('leave out nothing but blanks, whatever the message', () => {
    const bit = fc.constantFrom('1', '22', 'x', 'a1b2c3', '10.0.0.1', "'v'", '"', ',', '-', ':', '.', '(', ' ', '  ', '\t', 'é', '/a/b', '12:00:00', '3. März', ' 2024', '４月５日', '「x」', 'が', '\u3000');
    fc.assert(fc.property(fc.array(bit, { maxLength: 40 }).map((bits) => bits.join('')), (message) => {
      const all = pairs(message).map(([, raw]) => raw).join('');
      const blank = (text: string): string => [...encoder.encode(text.replaceAll('\u3000', ''))].filter((byte) => BYTE_CLASS[byte] !== BLANK).join();
      expect(blank(all)).toBe(blank(message));
    }), { numRuns: 2000 });
  });
});
