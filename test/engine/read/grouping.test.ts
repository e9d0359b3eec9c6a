import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dialect, Grouping } from '../../../src/contract/dialect.ts';
import { Gist } from '../../../src/engine/patterns/gist.ts';
import { openReader } from '../../../src/engine/read/formats.ts';
import { groupingOf } from '../../../src/engine/read/grouping.ts';
import { MOST_LINES } from '../../../src/engine/read/lines.ts';
import { sniff } from '../../../src/engine/read/sniff.ts';
import { LINES, bytesOf, readAll, textOf } from './reading.ts';
import type { Reading } from './reading.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const TRACE: Dialect = { ...LINES, grouping: 'trace' };
const HEADED: Dialect = { ...LINES, grouping: 'headed' };
const AT = '2026-11-21 18:20:00,123 ';

/** First line and number of lines of each entry. */
function shapes(reading: Reading): [number, number][] {
  return reading.entries.map(({ line, bytes }) => [line, bytes.split('\n').length]);
}

function counts(text: string, dialect: Dialect = TRACE): number[] {
  return shapes(readAll(text, dialect)).map(([, lines]) => lines);
}

function gistOf(message: string): string {
  const gist = new Gist();
  const bytes = bytesOf(message);
  gist.find(bytes, 0, bytes.length);
  return textOf(gist.bytes, gist.start, gist.end);
}

/** First line, number of lines and gist of the entries with more than one line, checked by hand; and how many entries there are. */
const RECORDED: Readonly<Record<string, { entries: number; several: readonly (readonly [number, number, string])[] }>> = {
  java: {
    entries: 8, several: [
      [2, 9, 'Payment 4711 failed | java.lang.RuntimeException: charge of 12.50 EUR refused | Caused by: java.lang.NullPointerException: Cannot invoke "String.length()" because "<parameter1>" is null'],
      [12, 7, 'Price is not a number | java.lang.NumberFormatException: For input string: "12,50"'],
      [19, 7, 'Cannot close the till | java.io.IOException: drawer is stuck'],
      [27, 3, 'Exception in thread "cart-7" java.lang.IllegalStateException: cart 7 is closed'],
      [30, 2, 'Exception in thread "main" java.lang.IllegalArgumentException: unknown command nothing'],
    ],
  },
  python: {
    entries: 11, several: [
      [2, 8, "price failed | ValueError: could not convert string to float: '12,50'"],
      [11, 15, "order failed | KeyError: 'sku' | ValueError: order 17 has no article"],
      [26, 15, "stock failed | ValueError: could not convert string to float: 'x' | FileNotFoundError: [Errno 2] No such file or directory: '/srv/shop/stock.csv'"],
      [41, 3, 'three lines: | first | second'],
      [44, 2, '/srv/shop/till.py:41: DeprecationWarning: pay() is deprecated, use charge()'],
      [46, 13, "Exception in thread cart-3: | ValueError: could not convert string to float: 'cart'"],
      [60, 10, "batch failed | ExceptionGroup: two orders failed (2 sub-exceptions) | KeyError: 'sku'"],
      [70, 5, "AttributeError: 'NoneType' object has no attribute 'strip'"],
    ],
  },
  javascript: {
    entries: 9, several: [
      [2, 6, "error payment failed: TypeError: Cannot read properties of undefined (reading 'number')"],
      [9, 8, 'Error: connect ECONNREFUSED 127.0.0.1:9'],
      [17, 4, "warn cannot parse body { | err: { type: 'SyntaxError', message: 'Unexpected end of JSON input' }, | body: '{\"order\":111111111111111111111111111111111111111111111111111111111111'"],
      [21, 12, "error Error: order 18 was not paid | TypeError: Cannot read properties of null (reading 'number')"],
      [33, 9, 'info JSON: { | "order": 19, | "items": ['],
      [43, 11, 'RangeError: till is closed'],
    ],
  },
  go: {
    entries: 4, several: [
      [2, 18, 'http: panic serving 127.0.0.1:40004: runtime error: index out of range [3] with length 0'],
      [21, 8, 'panic: assignment to entry in nil map'],
    ],
  },
  dotnet: {
    entries: 6, several: [
      [2, 9, 'Payment 4711 failed | System.InvalidOperationException: charge of 12.50 EUR refused | System.IO.IOException: gateway closed the connection'],
      [12, 3, "Price is not a number: System.FormatException: The input string '12,50' was not in a correct format."],
      [16, 2, "Unhandled exception. System.ArgumentException: unknown command 'nothing' (Parameter 'command')"],
    ],
  },
};

describe('stack traces as runtimes print them', () => {
  test.each(Object.keys(RECORDED))('%s', (name) => {
    const bytes = new Uint8Array(readFileSync(join(FIXTURES, `formats/traces-${name}.log`)));
    const dialect = sniff(bytes, true, 'app.log', 2026);
    expect(dialect.grouping).toBe('trace');
    const reading = readAll(bytes, dialect);
    const several = reading.entries.filter((entry) => entry.bytes.includes('\n'));
    expect(several.map(({ line, bytes: whole, message }) => [line, whole.split('\n').length, gistOf(message)])).toEqual(RECORDED[name].several);
    expect(reading.entries).toHaveLength(RECORDED[name].entries);
    for (const { bytes: whole, message } of reading.entries) expect(whole.endsWith(message)).toBe(true);
  });
});

test('in the recorded logs, the lines of an entry are of one category', () => {
  const folder = join(FIXTURES, 'recorded');
  let several = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const labels = readFileSync(join(folder, name.replace('.log', '.labels')), 'utf8').split(/\r?\n/);
    for (const [line, lines] of shapes(readAll(bytes, sniff(bytes, true, name, 2026)))) {
      if (lines > 1) several++;
      const said = new Set(labels.slice(line - 1, line - 1 + lines).filter((label) => label !== '?'));
      expect(said.size, `${name}:${line}`).toBeLessThanOrEqual(1);
    }
  }
  expect(several).toBeGreaterThan(150);
});

describe("'trace'", () => {
  test.each([
    ['indented lines after a header', `${AT}INFO a: settings\n  port: 1\n\tname: x\n${AT}INFO a: done\n`, [3, 1]],
    ['indented lines without a header before them', 'Packages:\n  one\n  two\n', [1, 1, 1]],
    ['a blank line between entries', `${AT}INFO a: x\n\n${AT}INFO a: y\n`, [1, 1, 1]],
    ['blank lines within an entry', `${AT}INFO a: x\n\n  more\n${AT}INFO a: y\n`, [3, 1]],
    ['a traceback after an error', `${AT}ERROR a: x\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 'a'\nplain\n`, [4, 1]],
    ['a traceback of its own after a notice', `${AT}INFO a: x\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 'a'\n`, [1, 3]],
    ['a level after a cut traceback', `${AT}ERROR a: x\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nINFO: on\n`, [3, 1]],
    ['Ruby', "app.rb:3:in `pay': refused (RuntimeError)\n\tfrom app.rb:7:in `each'\n\tfrom app.rb:7:in `<main>'\nnext\n", [3, 1]],
    ['Rust', "thread 'main' panicked at src/main.rs:2:5:\nindex out of bounds\nstack backtrace:\n   0: main\nnote: run with `RUST_BACKTRACE=full`\nnext\n", [5, 1]],
    ['PHP', `[${AT.trim()}] PHP Fatal error:  Uncaught Exception: no till in /srv/a.php:3\nStack trace:\n#0 /srv/a.php(7): pay()\n#1 {main}\n  thrown in /srv/a.php on line 3\nnext\n`, [5, 1]],
    ['.NET console', 'crit: Shop.Till[0]\n      Payment failed\n      System.IO.IOException: gateway closed\n         at Shop.Till.Pay(String card) in /srv/Till.cs:line 33\ninfo: Shop.Till[0]\n      done\n', [4, 2]],
    ['SQLAlchemy', `${AT}ERROR a: x\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nsqlalchemy.exc.OperationalError: no such table\n[SQL: select 1]\n(Background on this error at: https://sqlalche.me/e/20/e3q8)\nnext\n`, [6, 1]],
    ['JSON to its closing bracket', `${AT}INFO a: body {\n  "x": 1\n}\nplain\n`, [3, 1]],
    ['JSON without a header', 'Response: {\n  "x": [\n  1\n  ]\n}\nplain\n', [5, 1]],
    ['a bracket that nothing opened', `${AT}INFO a: x\n}\n`, [1, 1]],
    ['XML to its closing tag', `${AT}INFO a: body <?xml version="1.0"?>\n<order>\n  <id>1</id>\n<sum>2</sum>\n</order>\n<next/>\n`, [5, 1]],
    ['SQL of PostgreSQL', `${AT}UTC [95] LOG:  statement: select *\n\tfrom item\n\twhere id = 1\n${AT}UTC [95] LOG:  done\n`, [3, 1]],
    ['a comment', `${AT}INFO a: x\n#1 not a frame\n`, [1, 1]],
    ['CRLF', `${AT}ERROR a: x\r\njava.io.IOException: y\r\n\tat a.B.c(B.java:1)\r\n\r\nplain\r\n`, [3, 1, 1]],
  ] satisfies [string, string, number[]][])('%s', (_, text, lines) => {
    expect(counts(text)).toEqual(lines);
  });

  test('level, time and source are those of the first line; the message reaches to the end of the last', () => {
    const [entry] = readAll(`${AT}ERROR shop.till: failed\njava.io.IOException: y\n\tat a.B.c(B.java:1)\n`, TRACE).entries;
    expect(entry).toMatchObject({ source: 'shop.till', level: 6, message: 'failed\njava.io.IOException: y\n\tat a.B.c(B.java:1)', terminator: '\n' });
  });
});

test("'headed': all lines without a time belong to the entry before them", () => {
  const text = `prose\n${AT}INFO a: x\nmore\n\nERROR: more\n  more\n${AT}INFO a: y\n`;
  expect(counts(text, HEADED)).toEqual([1, 5, 1]);
  expect(counts('INFO: x\nmore\nWARN: y\n', { ...HEADED, shape: 'level' })).toEqual([2, 1]);
});

test("'line': each line, whatever it is", () => {
  expect(counts(`${AT}ERROR a: x\n\tat a.B.c(B.java:1)\n`, LINES)).toEqual([1, 1]);
});

describe('what a sample says', () => {
  const of = (text: string, shape = 'time'): Grouping => groupingOf(bytesOf(text), { ...LINES, shape });
  test.each([
    ['headers on most lines', `${AT}INFO a: x\n${AT}INFO a: y\nprose\n`, 'time', 'trace'],
    ['headers on few lines', `${AT}INFO a: x\nprose\nprose\nprose\n`, 'time', 'line'],
    ['command output', 'Packages:\n  one\n  two\n  at noon\n  from here\n', '', 'line'],
    ['frames without headers', 'oops\n    at pay (/srv/till.js:3:7)\n', '', 'trace'],
  ] satisfies [string, string, string, Grouping][])('%s', (_, text, shape, grouping) => {
    expect(of(text, shape)).toBe(grouping);
  });
});

const piece = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', AT, 'INFO a: ', 'ERROR b: ', 'Traceback (most recent call last):', '  File "a.py", line 1, in f', "KeyError: 'x'", '\tat a.B.c(B.java:1)', 'Caused by: java.io.IOException: y', 'panic: x', 'goroutine 1 [running]:', 'main.f(0x1)', '{', '}', '<a>', '</a>', 'node:events:502', '  ^', '"""', 'java.io.IOException: z', ' ', 'prose');
const file = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
const dialect = fc.constantFrom(TRACE, HEADED, { ...TRACE, shape: '' }, { ...HEADED, shape: 'level' }, { ...TRACE, loneCr: true });

describe('whatever is read', () => {
  test('entries do not depend on the chunks, lie end to end and are the same when read again from their own start', () => {
    fc.assert(fc.property(file, dialect, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }), (text, how, sizes) => {
      const whole = readAll(text, how);
      expect(whole.entries.map((entry) => entry.bytes + entry.terminator).join('')).toBe(text);
      expect(readAll(text, how, sizes)).toEqual(whole);
      let line = 1;
      let at = 0;
      for (const entry of whole.entries) {
        expect(entry.line).toBe(line);
        const rest = bytesOf(text.slice(at));
        let again = '';
        openReader(how, { line }).push(rest, 0, rest.length, true, (found) => (again ||= `${found.line} ${textOf(found.bytes, found.start, found.end)} ${textOf(found.text, found.messageStart, found.messageEnd)}`));
        expect(again).toBe(`${line} ${entry.bytes} ${entry.message}`);
        line += (entry.bytes + entry.terminator).match(how.loneCr ? /\r\n|\n|\r/g : /\n/g)?.length ?? 0;
        at += entry.bytes.length + entry.terminator.length;
      }
    }), { numRuns: 1500 });
  });

  test('an entry that never ends is cut, which is said once', () => {
    const text = `${AT}INFO a: x\n${'\tat a.B.c(B.java:1)\n'.repeat(3 * MOST_LINES)}`;
    const reading = readAll(text, TRACE, [4096]);
    expect(shapes(reading).map(([, lines]) => lines)).toEqual([MOST_LINES, MOST_LINES, MOST_LINES, 1]);
    expect(reading.problems).toEqual(['1 too-long']);
    const wide = readAll(`${AT}INFO a: x\n${`\t${'y'.repeat(300_000)}\n`.repeat(5)}`, TRACE, [65_536]);
    expect(shapes(wide)).toEqual([[1, 4], [5, 1], [6, 1]]);
    expect(wide.problems).toEqual(['1 too-long']);
  });

  test('long runs of blank lines and of lines that look like parts take time in proportion', () => {
    const started = performance.now();
    for (const line of ['\n', ' \n', '}\n', 'a\n', '"""\n', '<a>\n', 'panic: x\n', 'node:events:1\n', 'Traceback (most recent call last):\n']) {
      for (const how of [TRACE, HEADED]) {
        const bytes = bytesOf(line.repeat(50_000));
        const reader = openReader(how);
        let entries = 0;
        for (let from = 0, to = 0; to < bytes.length; ) {
          to = Math.min(bytes.length, to + 65_536);
          from = reader.push(bytes, from, to, to === bytes.length, () => entries++);
        }
        expect(entries).toBeGreaterThan(20);
      }
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
