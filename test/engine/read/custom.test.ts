import { expect, test } from 'vitest';
import type { CustomFormat, Dialect } from '../../../src/contract/dialect.ts';
import { readCustomFormats, writeCustomFormats } from '../../../src/engine/read/custom-file.ts';
import { openReader } from '../../../src/engine/read/formats.ts';
import { sniffFormat } from '../../../src/engine/read/sniff.ts';
import { LINES, bytesOf, readAll } from './reading.ts';

const ODD: CustomFormat = {
  name: 'odd', lead: '#', parts: [{ role: null, until: '|' }, { role: 'time', until: '|' }, { role: 'source', until: '|!!' }, { role: 'level', until: '|' }, { role: 'message', until: '' }],
};
const DIALECT: Dialect = { ...LINES, format: 'custom', custom: ODD };

test('time, level, source and message are where the format says', () => {
  const { entries } = readAll('#7|03.01.2024 04:05:06|pay-svc|!!E|Something broke\r\n#8|03.01.2024 04:05:07|pay-svc|!!W|\r\n', DIALECT);
  expect(entries.map(({ time, level, source, message }) => ({ time, level, source, message }))).toEqual([
    { time: Date.UTC(2024, 0, 3, 4, 5, 6), level: 6, source: 'pay-svc', message: 'Something broke' },
    { time: Date.UTC(2024, 0, 3, 4, 5, 7), level: 5, source: 'pay-svc', message: '' },
  ]);
});

test('a line that does not fit is all message', () => {
  const { entries } = readAll('#7|soon|pay-svc|!!E|x\n#7|03.01.2024 04:05:06|pay-svc\n\n', DIALECT);
  expect(entries.map(({ time, level, source, message }) => [time, level, source, message])).toEqual([[NaN, 0, '', '#7|soon|pay-svc|!!E|x'], [NaN, 0, '', '#7|03.01.2024 04:05:06|pay-svc'], [NaN, 0, '', '']]);
});

test('a row reads the same from its own place in the file', () => {
  const bytes = bytesOf('#1|03.01.2024 04:05:06|a|!!E|one\n#2|03.01.2024 04:05:07|b|!!I|two\n');
  const at = bytes.indexOf(10) + 1;
  const seen: string[] = [];
  openReader(DIALECT, { line: 2 }).push(bytes, at, bytes.length, true, (entry) => seen.push(`${entry.line} ${entry.level} ${new TextDecoder().decode(bytes.subarray(entry.messageStart, entry.messageEnd))}`));
  expect(seen).toEqual(['2 3 two']);
});

test('long lines of repeated signs are read in linear time', () => {
  const format: CustomFormat = { name: 'x', lead: '', parts: [{ role: 'source', until: ' | | | x' }, { role: 'message', until: '' }] };
  const started = performance.now();
  for (const text of [' '.repeat(1_000_000), ' |'.repeat(500_000), `${' '.repeat(100)}|`.repeat(10_000)]) readAll(text, { ...DIALECT, custom: format });
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('is chosen only by a person', () => {
  const head = bytesOf('#7|13/01/2024 04:05:06|pay-svc|!!E|Something broke\n');
  expect(sniffFormat(head, true, 'a.log', 2024, {}).candidates.map(({ format }) => format)).not.toContain('custom');
  const { dialect } = sniffFormat(head, true, 'a.log', 2024, { format: 'custom', custom: ODD });
  expect(dialect).toMatchObject({ format: 'custom', custom: ODD, dayFirst: true });
});

test('formats are kept in a file', () => {
  expect(readCustomFormats(writeCustomFormats([ODD, { name: 'all', lead: '', parts: [{ role: 'message', until: '' }] }]))).toEqual([ODD, { name: 'all', lead: '', parts: [{ role: 'message', until: '' }] }]);
});

test.each<[string, string, RegExp]>([
  ['no JSON', '{', /not JSON/],
  ['something else', '{"kind":"winnow-rules","version":1}', /not saved here/],
  ['a list', '[]', /not saved here/],
  ['a later version', '{"kind":"winnow-formats","version":2,"formats":[]}', /newer version/],
  ['too large', ' '.repeat(300_000), /larger/],
  ['too many', JSON.stringify({ kind: 'winnow-formats', version: 1, formats: Array(51).fill(ODD) }), /more than 50/],
  ['no name', file({ ...ODD, name: ' ' }), /no name/],
  ['a lead over lines', file({ ...ODD, lead: 'a\nb' }), /no text of one line/],
  ['no parts', file({ ...ODD, parts: [] }), /between 1 and 64 parts/],
  ['a part without an end', file({ ...ODD, parts: [{ role: null, until: '' }, { role: 'message', until: '' }] }), /where it ends/],
  ['an unknown role', file({ ...ODD, parts: [{ role: '__proto__', until: '' }] }), /nothing known/],
  ['two messages', file({ ...ODD, parts: [{ role: 'message', until: '|' }, { role: 'message', until: '' }] }), /one message/],
  ['a long literal', file({ ...ODD, lead: 'x'.repeat(101) }), /no text of one line/],
])('a file with %s is refused', (_, text, reason) => {
  expect(() => readCustomFormats(text)).toThrow(reason);
});

function file(format: unknown): string {
  return JSON.stringify({ kind: 'winnow-formats', version: 1, formats: [format] });
}
