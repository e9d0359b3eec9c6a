import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Gist } from '../../../src/engine/patterns/gist.ts';
import { Masker, maskMessage } from '../../../src/engine/patterns/mask.ts';
import { TokenSpans } from '../../../src/engine/patterns/token-spans.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const gist = new Gist();

function gistOf(message: string, before = '', after = ''): string {
  const bytes = encoder.encode(before + message + after);
  const start = encoder.encode(before).length;
  gist.find(bytes, start, start + encoder.encode(message).length);
  return decoder.decode(gist.bytes.subarray(gist.start, gist.end));
}

describe('the gist of a message', () => {
  test.each([
    ['Java with a root cause', 'pay failed\njava.lang.RuntimeException: a\n\tat x.Y.z(Y.java:1)\nCaused by: java.io.IOException: b\n\t... 3 more\nCaused by: java.net.ConnectException: c\n\t... 4 more', 'pay failed | java.lang.RuntimeException: a | Caused by: java.net.ConnectException: c'],
    ['Java within an indented body', 'pay failed\n\tjava.util.zip.ZipException: a\n\t\tat x.Y.z(Y.java:1)\n\tCaused by: java.io.IOException: b', 'pay failed | java.util.zip.ZipException: a | Caused by: java.io.IOException: b'],
    ['Python with its message', 'pay failed\nTraceback (most recent call last):\n  File "a.py", line 1, in f\n    raise ValueError(1)\nValueError: 1', 'pay failed | ValueError: 1'],
    ['Python alone', 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    exit()\nKeyboardInterrupt', 'KeyboardInterrupt'],
    ['Python: code that looks like an error', 'x\nTraceback (most recent call last):\n  File "a.py", line 1, in f\n    KeyError\nOSError: full', 'x | OSError: full'],
    ['an exception that only wraps', 'x\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nbilliard.einfo.ExceptionWithTraceback: \n"""\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: 1\n"""', 'x | ValueError: 1'],
    ['Go', 'panic: assignment to entry in nil map\n\ngoroutine 14 [running]:\nmain.main.func2()\n\t/srv/main.go:26 +0x58', 'panic: assignment to entry in nil map'],
    ['Node: a crash', "node:events:502\n      throw er; // Unhandled 'error' event\n      ^\n\nError: listen EADDRINUSE\n    at f (node:net:1:2)\nEmitted 'error' event\n\nNode.js v20.20.2", 'Error: listen EADDRINUSE'],
    ['.NET', 'pay failed\nSystem.AggregateException: a\n ---> System.IO.IOException: b\n   at X.Y(String z) in /a.cs:line 2\n   --- End of inner exception stack trace ---', 'pay failed | System.AggregateException: a | System.IO.IOException: b'],
    ['a first line that only names the logger', 'Shop.Till[0]\n      Payment 4711 failed\n      System.IO.IOException: b\n         at X.Y(String z)', 'Shop.Till[0] | Payment 4711 failed | System.IO.IOException: b'],
    ['text over lines', 'three lines:\n  first\n  second\n  third', 'three lines: | first | second'],
    ['a long first line', `${'word '.repeat(30)}\nmore`, 'word '.repeat(30)],
    ['empty lines first', '\n\n  \nfirst\n\nsecond', 'first | second'],
    ['brackets', '{\n  "order": 1\n}', '"order": 1'],
    ['nothing but marks', '---\n===', '---'],
    ['nothing', '\n\n', '\n\n'],
    ['CRLF', 'first\r\nsecond\r\n', 'first | second'],
  ])('%s', (_, message, expected) => {
    expect(gistOf(message)).toBe(expected);
  });

  test('is short, whole characters, and the same wherever the message stands', () => {
    const piece = fc.constantFrom('\n', '\n', '\r\n', 'é', '€uro ', 'java.io.IOException: x', 'Caused by: a.BException', '\tat a.B.c(B.java:1)', 'Traceback (most recent call last):', '  File "a", line 1', 'panic: y', '  ', '\t', 'prose ', 'w'.repeat(300), 'é'.repeat(400), '| ', '---> ', '/srv/a.js:3', '^', '"""');
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const message = pieces.join('');
      const found = gistOf(message);
      expect(gistOf(message, 'x\nError: before\n', '\nError: after')).toBe(found);
      if (message.trim() !== '') expect(found.trim()).not.toMatch(/\n/);
      expect(encoder.encode(found).length).toBeLessThanOrEqual(600 + 3 * 243);
    }), { numRuns: 2000 });
  });
});

describe('masking', () => {
  const trace = (order: number, line: number): string => `order ${order} failed\njava.io.IOException: gateway 10.0.0.${order} closed\n\tat x.Y.z(Y.java:${line})\n\tat x.Y.w(Y.java:9)`;

  test('makes one pattern of traces that differ in frames and numbers only', () => {
    expect(maskMessage(trace(17, 1))).toBe('order <num> failed | java.io.IOException: gateway <ip> closed');
    expect(maskMessage(`${trace(18, 2)}\n\tat x.Y.v(Y.java:3)`)).toBe(maskMessage(trace(17, 1)));
  });

  test('says that there is more than the masked text tells', () => {
    const masker = new Masker();
    const bytes = encoder.encode('one\ntwo');
    masker.mask(bytes, 0, bytes.length);
    expect(masker.lost).not.toBe(0);
    masker.mask(bytes, 0, 3);
    expect(masker.lost).toBe(0);
  });

  test('tokens stand where they do in the gist', () => {
    const masker = new Masker();
    const spans = new TokenSpans();
    const bytes = encoder.encode(trace(17, 1));
    masker.mask(bytes, 0, bytes.length);
    spans.read(masker);
    const tokens = Array.from({ length: spans.count }, (_, at) => decoder.decode(spans.bytes.subarray(spans.from[at], spans.to[at])));
    expect(tokens).toEqual(['order', '17', 'failed', '|', 'java.io.IOException:', 'gateway', '10.0.0.17', 'closed']);
    expect(decoder.decode(masker.out.subarray(0, masker.length)).split(' ')).toHaveLength(tokens.length);
  });
});
