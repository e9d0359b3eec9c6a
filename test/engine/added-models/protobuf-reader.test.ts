import { describe, expect, test } from 'vitest';
import { MalformedFile, ProtobufReader } from '../../../src/engine/added-models/protobuf-reader.ts';
import { ProtobufWriter } from '../../../src/engine/train/protobuf.ts';

function only(bytes: Uint8Array): ProtobufReader {
  const reader = new ProtobufReader(bytes);
  expect(reader.next()).toBe(true);
  return reader;
}

test.each([0, 1, -1, -5, 127, 128, 2 ** 28 - 1, 2 ** 28, 2 ** 31, -(2 ** 31), 2 ** 35 + 3, 2 ** 53 - 1, -(2 ** 53 - 1)])('reads %d as it was written', (value) => {
  const reader = only(new ProtobufWriter().int(3, value).finish());
  expect([reader.field, reader.int(), reader.next()]).toEqual([3, value, false]);
});

test('lists, packed and not, texts, messages, and numbers of fixed length in passing', () => {
  const inner = new ProtobufWriter().string(2, 'zwölf');
  const bytes = new ProtobufWriter().ints(1, [3, -4, 500]).int(1, 7).float(5, 1.5).message(6, inner).finish();
  const reader = new ProtobufReader(bytes);
  const ints: number[] = [];
  let text = '';
  while (reader.next()) {
    if (reader.field === 1) reader.ints(ints, 10);
    if (reader.field === 6) {
      const message = reader.message();
      message.next();
      text = message.text();
    }
  }
  expect(ints).toEqual([3, -4, 500, 7]);
  expect(text).toBe('zwölf');
});

describe('refuses', () => {
  test.each([
    ['a field that is longer than the rest', [0x0a, 0x05, 1, 2]],
    ['a length near 2^64', [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['a number that never ends', [0x08, ...new Array<number>(20).fill(0xff)]],
    ['a number that is cut short', [0x08, 0x80]],
    ['field 0', [0x00, 0x01]],
    ['groups, which nobody uses any more', [0x0b, 0x0c]],
    ['a fixed number that is cut short', [0x0d, 1, 2, 3]],
  ])('%s', (_, bytes) => {
    expect(() => {
      for (const reader = new ProtobufReader(Uint8Array.from(bytes)); reader.next(););
    }).toThrow(MalformedFile);
  });

  test('one kind of value where another is asked for, bad text, and lists that are too long', () => {
    expect(() => only(new ProtobufWriter().string(1, 'a').finish()).int()).toThrow(MalformedFile);
    expect(() => only(new ProtobufWriter().int(1, 5).finish()).text()).toThrow(MalformedFile);
    expect(() => only(new ProtobufWriter().bytes(1, Uint8Array.of(0xff, 0xfe)).finish()).text()).toThrow(MalformedFile);
    expect(() => only(new ProtobufWriter().ints(1, new Array<number>(50).fill(1)).finish()).ints([], 49)).toThrow(MalformedFile);
  });
});
