import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jvmFormat } from '../../../src/engine/read/formats/jvm.ts';
import { FORMATS } from '../../../src/engine/read/formats.ts';
import { sniff } from '../../../src/engine/read/sniff.ts';
import { bytesOf, readAll } from './reading.ts';

const READ = join(import.meta.dirname, '../../../src/engine/read');

/** The README's example is the format itself, so what it says compiles and is what reads. */
test('the worked example in the README is a format of the registry, of less than 60 lines', () => {
  const example = /<!-- formats\/jvm\.ts -->\n```ts\n([^]*?)```/.exec(readFileSync(join(READ, 'README.md'), 'utf8'))?.[1] ?? '';
  expect(example).toBe(readFileSync(join(READ, 'formats/jvm.ts'), 'utf8'));
  expect(example.split('\n').length).toBeLessThan(60);
  expect(FORMATS['jvm']).toBe(jvmFormat);
});

test('nothing but the registry knows it', () => {
  for (const file of ['sniff.ts', 'lines.ts', 'header.ts', 'line-format.ts', '../../contract/dialect.ts']) expect(readFileSync(join(READ, file), 'utf8')).not.toMatch(/jvm/i);
});

test('it is sniffed, and reads what the general reader of headers would misread', () => {
  const log = ['[0.006s][info][gc] Using G1', '[0.007s][info   ][gc,init] Pre-touch: Disabled', 'Error: Could not create the Java Virtual Machine.', '[2024-01-02T03:04:05.678+0000][warning][gc,heap  ]  full'].join('\n');
  const dialect = sniff(bytesOf(log), true, 'gc.log', 2024);
  expect(dialect.format).toBe('jvm');
  const seen = readAll(log, dialect).entries.map(({ level, source, message, time }) => [level, source, message, time]);
  expect(seen).toEqual([
    [3, 'gc', 'Using G1', NaN],
    [3, 'gc,init', 'Pre-touch: Disabled', NaN],
    [0, '', 'Error: Could not create the Java Virtual Machine.', NaN],
    [5, 'gc,heap', ' full', Date.UTC(2024, 0, 2, 3, 4, 5, 678)],
  ]);
});
