import { expect, test } from 'vitest';
import { ProtobufWriter } from '../../../src/engine/train/protobuf.ts';

const hex = (writer: ProtobufWriter): string => Array.from(writer.finish(), (byte) => byte.toString(16).padStart(2, '0')).join(' ');

// The examples of https://protobuf.dev/programming-guides/encoding/.
test('integers', () => {
  expect(hex(new ProtobufWriter().int(1, 150))).toBe('08 96 01');
  expect(hex(new ProtobufWriter().int(1, 0))).toBe('08 00');
  expect(hex(new ProtobufWriter().int(1, -2))).toBe('08 fe ff ff ff ff ff ff ff ff 01');
  expect(hex(new ProtobufWriter().int(20, 1))).toBe('a0 01 01');
  expect(hex(new ProtobufWriter().int(1, 2 ** 53 - 1))).toBe('08 ff ff ff ff ff ff ff 0f');
  expect(() => new ProtobufWriter().int(1, 0.5)).toThrow(RangeError);
});

test('texts, messages and packed lists', () => {
  expect(hex(new ProtobufWriter().string(2, 'testing'))).toBe('12 07 74 65 73 74 69 6e 67');
  expect(hex(new ProtobufWriter().message(3, new ProtobufWriter().int(1, 150)))).toBe('1a 03 08 96 01');
  expect(hex(new ProtobufWriter().ints(6, [3, 270, 86942]))).toBe('32 06 03 8e 02 9e a7 05');
  expect(hex(new ProtobufWriter().float(1, 1).floats(2, Float32Array.of(-2)))).toBe('0d 00 00 80 3f 12 04 00 00 00 c0');
});
