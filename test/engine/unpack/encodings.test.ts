import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Encoding } from '../../../src/contract/dialect.ts';
import { encodingOf } from '../../../src/engine/unpack/detect.ts';
import { TextEncoding } from '../../../src/engine/unpack/encode-text.ts';
import { Transcoder } from '../../../src/engine/unpack/transcoder.ts';
import { fixture, joined } from './packed.ts';

const UTF16 = ['utf-16le', 'utf-16be'] as const;

/** In chunks of the given sizes, over and over. */
function chunked(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, next = 0; at < bytes.length; next++) {
    chunks.push(bytes.slice(at, at + sizes[next % sizes.length]));
    at += sizes[next % sizes.length];
  }
  return chunks;
}

function decode(encoding: Encoding, chunks: readonly Uint8Array[]): Uint8Array {
  const transcoder = new Transcoder(encoding);
  const parts = chunks.map((chunk) => transcoder.push(chunk).slice());
  return joined([...parts, transcoder.end()]);
}

function encode(encoding: Encoding, chunks: readonly Uint8Array[]): { bytes: Uint8Array; unwritable: number } {
  const text = new TextEncoding(encoding);
  const parts = chunks.map((chunk) => text.encode(chunk).slice());
  return { bytes: joined([...parts, text.end()]), unwritable: text.unwritable };
}

/** Bytes of UTF-16 with any units: halves of pairs alone as well. */
const units = fc.array(fc.oneof(fc.nat(0xffff), fc.constantFrom(0xd800, 0xdbff, 0xdc00, 0xdfff, 0x41, 0xe9, 0xfeff, 0)), { maxLength: 40 });
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });

function utf16(encoding: 'utf-16le' | 'utf-16be', of: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(of.length * 2);
  of.forEach((unit, at) => new DataView(bytes.buffer).setUint16(at * 2, unit, encoding === 'utf-16le'));
  return bytes;
}

describe.each(UTF16)('%s', (encoding) => {
  test('comes back byte for byte, however it is cut', () => {
    fc.assert(fc.property(units, sizes, sizes, (some, one, other) => {
      const bytes = utf16(encoding, some);
      const utf8 = decode(encoding, chunked(bytes, one));
      expect(encode(encoding, chunked(utf8, other))).toEqual({ bytes, unwritable: 0 });
    }), { numRuns: 2000 });
  });

  test('is what TextDecoder makes of it, where all pairs are whole', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), sizes, (text, cut) => {
      const bytes = utf16(encoding, Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)));
      const decoded = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
      expect(decode(encoding, chunked(bytes, cut))).toEqual(new TextEncoder().encode(decoded));
    }));
  });

  test('with half a unit at its end says so', () => {
    const transcoder = new Transcoder(encoding);
    transcoder.push(utf16(encoding, [0x41]).slice(0, 1));
    expect(new TextDecoder().decode(transcoder.end())).toBe('\ufffd');
    expect(transcoder.cut).toBe(true);
  });
});

/** As the standard has it; TextDecoder of Node 20 reads these bytes as ISO 8859-1. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const textOf1252 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => (byte >= 0x80 && byte < 0xa0 ? HIGH[byte - 0x80] : String.fromCharCode(byte))).join('');

test('windows-1252: all 256 bytes are what the standard says, and come back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const utf8 = decode('windows-1252', chunked(bytes, [5, 1]));
  expect(new TextDecoder().decode(utf8)).toBe(textOf1252(bytes));
  for (const cut of [[1], [2, 3], [500]]) expect(encode('windows-1252', chunked(utf8, cut))).toEqual({ bytes, unwritable: 0 });
});

test('what windows-1252 lacks is a question mark, and counted', () => {
  const { bytes, unwritable } = encode('windows-1252', chunked(new TextEncoder().encode('a→b 😀 € ü'), [1]));
  expect(textOf1252(bytes)).toBe('a?b ? € ü');
  expect(unwritable).toBe(2);
});

test('what is no UTF-8 is marked as TextDecoder marks it', () => {
  for (const bytes of [[0xc3], [0xff, 0x41], [0xc3, 0x41], [0x80], [0xf5, 0x41]]) {
    const marked = encode('utf-16le', chunked(Uint8Array.from(bytes), [1])).bytes;
    expect(new TextDecoder('utf-16le').decode(marked)).toBe(new TextDecoder().decode(Uint8Array.from(bytes)));
  }
});

describe('an encoding is told', () => {
  const text = (encoding: 'utf-16le' | 'utf-16be', of: string): Uint8Array => utf16(encoding, Array.from({ length: of.length }, (_, at) => of.charCodeAt(at)));
  const LOG = new TextDecoder().decode(fixture('app.log'));

  test.each(UTF16)('by NUL bytes: %s without a mark, in Latin and other letters', (encoding) => {
    for (const one of [LOG, '2024-03-04 ошибка: нет соединения\r\n'.repeat(9), '2024-03-04 错误：连接被拒绝\n'.repeat(9)]) {
      expect(encodingOf(text(encoding, one))).toBe(encoding);
      expect(encodingOf(text(encoding, `\ufeff${one}`))).toBe(encoding);
    }
  });

  test('not by NUL bytes that stand in plain text, on whatever side', () => {
    for (const before of ['', 'x']) expect(encodingOf(new TextEncoder().encode(`${before}${'2024-06-01 10:00:00 INFO w\0b: user 1 is in\r\n'.repeat(20)}`))).toBe('utf-8');
  });

  test('by what cannot be UTF-8', () => {
    const bytes = fixture('app.log');
    expect(encodingOf(bytes)).toBe('utf-8');
    expect(encodingOf(new Uint8Array(0))).toBe('utf-8');
    const latin = Uint8Array.from('Größe überschritten, naïve\n'.repeat(3), (char) => char.charCodeAt(0));
    expect(encodingOf(latin)).toBe('windows-1252');
    // A few wrong bytes among many right ones; a character that the sample's end cuts.
    expect(encodingOf(joined([bytes, Uint8Array.of(0xff, 0xfe, 10)]))).toBe('utf-8');
    for (let end = bytes.length - 60; end < bytes.length; end++) expect(encodingOf(bytes.subarray(0, end))).toBe('utf-8');
  });
});
