import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MASK_INPUT_BYTES, MASK_OUTPUT_BYTES, Masker, maskMessage } from '../../../src/engine/patterns/mask.ts';
import { PLACEHOLDER } from '../../../src/engine/patterns/placeholder.ts';
import { MASKED, NO_STATUSES, STATUSES } from './mask-cases.ts';

const encoder = new TextEncoder();
const masker = new Masker();

function mask(message: string | Uint8Array): { text: string; http: number; content: boolean; bytes: Uint8Array } {
  const bytes = typeof message === 'string' ? encoder.encode(message) : message;
  masker.mask(bytes, 0, bytes.length);
  const out = masker.out.slice(0, masker.length);
  return { text: new TextDecoder().decode(out), http: masker.http, content: masker.content, bytes: out };
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

describe('masks', () => {
  for (const [kind, cases] of Object.entries(MASKED)) {
    test.each(cases)(`${kind}: %j`, (message, masked) => expect(mask(message)).toMatchObject({ text: masked, http: 0 }));
  }

  test('every kind of placeholder', () => {
    const all = Object.values(MASKED).flat().map(([, masked]) => masked).join(' ');
    for (const name of Object.keys(PLACEHOLDER)) expect(all).toContain(`<${name}>`);
  });
});

describe('HTTP statuses', () => {
  test.each(STATUSES)('%j', (message, masked, http) => expect(mask(message)).toMatchObject({ text: masked, http }));

  test.each(NO_STATUSES)('none in %j', (message) => {
    const { text, http } = mask(message);
    expect(http).toBe(0);
    expect(text).not.toMatch(/\dxx/);
  });

  test('of an earlier message do not stay', () => {
    mask('"GET / HTTP/1.1"');
    expect(mask('200 apples')).toMatchObject({ text: '<num> apples', http: 0 });
  });
});

describe('content', () => {
  test.each(['', '   ', '---', '***', '=====', '...', '"---"', '[] {} ()'])('none in %j', (message) => expect(mask(message).content).toBe(false));
  test.each(['a', '7', '"a"', "'7'", '-- é --', '\u3042'])('some in %j', (message) => expect(mask(message).content).toBe(true));
});

describe('limits', () => {
  test('a line of 10 MB costs no more than its first part', () => {
    const long = encoder.encode(`start ${'0123456789 abc, '.repeat(650_000)}`);
    expect(long.length).toBeGreaterThan(10_000_000);
    const whole = mask(long);
    expect(whole.bytes.length).toBeLessThanOrEqual(MASK_OUTPUT_BYTES);
    expect(mask(long.slice(0, MASK_INPUT_BYTES)).text).toBe(whole.text);
  });

  test('one token that would grow past the buffer is cut', () => {
    for (const piece of ['1_', 'a1b2-', '7.', '"1"', '\u00e9', '1é2_']) {
      const { bytes } = mask(piece.repeat(20_000));
      expect(bytes.length).toBeLessThanOrEqual(MASK_OUTPUT_BYTES);
      expect(isUtf8(bytes)).toBe(true);
    }
  });

  test('a character is not cut at the end of what is looked at', () => {
    for (let shift = 0; shift < 4; shift++) {
      // Long enough to reach the input limit before the output limit.
      const message = `${'x'.repeat(shift)} ${'"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcde1", '.repeat(127)}${'\u{1f600}'.repeat(100)}`;
      const { bytes } = mask(message);
      expect(isUtf8(bytes)).toBe(true);
    }
  });

  test('bytes that are no UTF-8 are copied, and never taken for nothing', () => {
    const bad = new Uint8Array(3000).fill(0x80);
    expect(mask(bad).bytes.length).toBe(MASK_OUTPUT_BYTES);
    expect(mask(Uint8Array.of(0x61, 0x20, 0xff, 0xfe)).bytes).toEqual(Uint8Array.of(0x61, 0x20, 0xff, 0xfe));
  });
});

const MONTHS = {
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
} as const;

/** In full-width digits. */
function wide(value: number): string {
  return String(value).replaceAll(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

describe('properties', () => {
  const words = fc.constantFrom('a', 'failed', 'User12', '10.0.0.1', '::1', '/a/b', '"x"', "'ok'", 'GET', 'HTTP/1.1"', '200', '500', 'status:', '-', ':', '1,2,3', '0xff', 'é1', '日本', '<num>', '\t', '\n', '3f2a1b00', '2024-01-02', 'März', '15.', '15', 'de', 'марта', '2024', '１２', '３月４日', 'が失敗', '\u3000', '\u00a0', '«x»', '「a」', '。', '„', 'a@b.org', 'http://x', '1.2.3', '{"status":', '5xx');
  const messages = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.array(words, { maxLength: 60 }).map((parts) => parts.join(' ')), fc.array(words, { maxLength: 400 }).map((parts) => parts.join('')));

  test('any bytes give a bounded text', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => {
      expect(mask(bytes).bytes.length).toBeLessThanOrEqual(MASK_OUTPUT_BYTES);
    }), { numRuns: 300 });
  });

  test('no digit is left but those of status classes', () => {
    fc.assert(fc.property(messages, (message) => {
      expect(maskMessage(message).replace(/[1-5]x{0,2}$/, '').replaceAll(/[1-5]xx/g, '')).not.toMatch(/[0-9０-９]/);
    }), { numRuns: 1000 });
  });

  test('text stays whole UTF-8', () => {
    fc.assert(fc.property(messages, fc.nat(1100), (message, filler) => {
      expect(isUtf8(mask(`${'é'.repeat(filler)}${message}`).bytes)).toBe(true);
    }), { numRuns: 500 });
  });

  test('letters outside of tokens with digits, paths and quotes stay as they are', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-zA-Zäöü]{1,12}$/), { minLength: 1, maxLength: 30 }), (plain) => {
      expect(maskMessage(plain.join(' '))).toBe(plain.join(' '));
    }));
  });

  test('other numbers give the same text', () => {
    fc.assert(fc.property(fc.nat(), fc.nat(), (one, other) => {
      const message = (value: number): string => `Job nightly-${value} of User${value} ended with exit code ${value} after ${value}.5 s`;
      expect(maskMessage(message(one))).toBe(maskMessage(message(other)));
    }));
  });

  test.each<[language: string, message: (value: number, month: number) => string]>([
    ['German', (value, month) => `Lauf ${value} vom ${1 + (value % 28)}. ${MONTHS.de[month]} 2024 mit ${value}\u00a0Fehlern beendet, Knoten köln${value}`],
    ['Spanish', (value, month) => `El proceso ${value} del ${1 + (value % 28)} de ${MONTHS.es[month]} de 2024 terminó en ${value} s`],
    ['Russian', (value, month) => `Задание №${value} от ${1 + (value % 28)} ${MONTHS.ru[month]} 2024 г. завершено за ${value}мс`],
    ['Japanese', (value, month) => `ジョブ${value}が${2000 + (value % 30)}年${1 + month}月${1 + (value % 28)}日に終了しました（コード＝${wide(value)}）`],
  ])('other numbers and days give the same text in %s', (_, message) => {
    const month = fc.nat(11);
    fc.assert(fc.property(fc.nat(999), month, fc.nat(999), month, (value, first, other, second) => {
      expect(maskMessage(message(value, first))).toBe(maskMessage(message(other, second)));
    }));
  });

  test('a message masks the same whatever lies around it', () => {
    const around = fc.constantFrom('', ' ', '"', ' ms', '1', '/', ':', '-', '.1', '\u00e9', '"status": ', '15 ', '3. ', ' 2024', '年', '１');
    fc.assert(fc.property(messages, around, around, (message, before, after) => {
      const inner = encoder.encode(message);
      const start = encoder.encode(before).length;
      const alone = mask(message);
      masker.mask(encoder.encode(before + message + after), start, start + inner.length);
      expect(new TextDecoder().decode(masker.out.subarray(0, masker.length))).toBe(alone.text);
      expect(masker.http).toBe(alone.http);
    }), { numRuns: 1000 });
  });
});
