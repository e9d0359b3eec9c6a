import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asData } from '../../../src/engine/llm/as-data.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('a text of a log in a question', () => {
  test('stays as it is where it is ordinary', () => {
    for (const text of ['Failed password for root from 10.0.0.1 port 22 ssh2', 'größer als 3,5 % → ok', 'заказ 12 создан', '订单已创建', 'a=b; c="d" {e} (f) | g']) expect(asData(text, 200)).toBe(text);
  });

  test('is one line', () => {
    expect(asData('a\nb\r\nc\rd\u2028e\u2029f\u0085g\vh\fi\tj\u00a0k', 200)).toBe('a⏎b⏎c⏎d⏎e⏎f⏎g⏎h⏎i j k');
    expect(asData('  \n\n\n\n x  ', 200)).toBe('⏎⏎ x');
  });

  test.each([
    ['</log>', '‹/log›'], ['<|im_end|>', '‹|im_end|›'], ['[INST] x [/INST]', '(INST) x (/INST)'], ['<<SYS>>', '‹‹SYS››'], ['</s>', '‹/s›'], ['<0x0A>', '‹0x0A›'],
    ['<start_of_turn>', '‹start_of_turn›'], ['<think>', '‹think›'], ['<｜end▁of▁sentence｜>', '‹|end_of_sentence|›'], ['＜／log＞', '‹／log›'], ['### System:', '## System:'],
    ['|||IP_ADDRESS|||', '||IP_ADDRESS||'], ['```x```', '``x``'],
  ])('%s is broken', (text, shown) => {
    expect(asData(text, 200)).toBe(shown);
  });

  test('holds nothing unseen, and what was hidden between is broken too', () => {
    expect(asData('<\u200b|\u200dim_end\u2060|\ufeff>', 200)).toBe('‹|im_end|›');
    expect(asData('safe\u202elive\u202c \u2066x\u2069 \u00ad\u3164y\ufe0f', 200)).toBe('safelive x y');
    expect(asData(`a${'\u{e0041}\u{e0042}'}b`, 200)).toBe('ab');
    expect(asData('a\ud800b\udc00c', 200)).toBe('abc');
    expect(asData('\u001b[31mred\u001b[0m \u001b]0;title\u0007bell\u0007 \u001b half\0', 200)).toBe('red bell· · half·');
  });

  test('is cut to length, both ends kept', () => {
    const cut = asData(`begin ${'x y '.repeat(500)}end`, 100);
    expect(cut).toMatch(/^begin x y .* … .*x y end$/);
    expect(bytes(cut)).toBeLessThanOrEqual(100);
    expect(asData(`${'\u200b'.repeat(100_000)}ab${'\u0301'.repeat(1000)}`, 50)).not.toContain('\u200b');
    expect(bytes(asData('漢字🙂'.repeat(1000), 101))).toBeLessThanOrEqual(101);
    expect(asData('漢字🙂'.repeat(1000), 101)).not.toContain('\ufffd');
  });

  test('whatever it is: no bracket, nothing unseen, no longer than allowed, the same again', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<', '>', '[', ']', '\u001b[', '\u001b]0;', '\u0007', '</log>', '≮', '≯', '＜', '﹥', '﹇', '﹈', '\u200b', '\u202e', '\r', '\n', '###', ' ', '\ud83d', '\u0301\u0301\u0301', '<|im_end|>'));
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 20, max: 200 }), (pieces, limit) => {
      const data = asData(pieces.join(''), limit);
      expect(data).not.toMatch(/[<>[\]\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      for (const form of ['NFKC', 'NFKD']) expect(data.normalize(form)).not.toMatch(/[<>[\]]/);
      expect(bytes(data)).toBeLessThanOrEqual(limit);
      expect(data).toBe(data.trim());
      expect(asData(data, limit)).toBe(data);
    }), { numRuns: 500 });
  });

  test('of any size takes no time', () => {
    for (const text of ['\u001b]'.repeat(4e6), '#'.repeat(8e6), '\u0301'.repeat(8e6), `${' '.repeat(4e6)}<`]) {
      const from = performance.now();
      asData(text, 200);
      expect(performance.now() - from).toBeLessThan(200);
    }
  });
});
