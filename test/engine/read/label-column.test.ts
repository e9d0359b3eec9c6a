import { describe, expect, test } from 'vitest';
import { sniff } from '../../../src/engine/read/sniff.ts';
import { bytesOf, csvDialect, readAll, records } from './reading.ts';

const LABELS = ['HTTP Status', 'User Action', 'Error'];
/** Forty rows of a table whose last column is called `name`. */
function table(name: string, value: (i: number) => string, more = ''): string {
  return `source,log_message,${name}${more}\n${Array.from({ length: 40 }, (_, i) => `Billing,step number ${i} of the job,${value(i)}${more.replaceAll(/[^,]+/g, 'x')}`).join('\n')}\n`;
}
const roleOf = (text: string): string => {
  const { columns, roles } = sniff(bytesOf(text), true, 'a.csv', 2024);
  return columns[roles.label] ?? '';
};

describe('the column of labels is guessed', () => {
  test('in the classic training file', () => {
    const text = 'timestamp,source,log_message,target_label,complexity\n2025-06-27 07:20:25,ModernCRM,GET /v2/orders answered 200 in 0.26 s,HTTP Status,bert\n1/14/2025 23:07,ModernHR,Mail gateway is down since midnight,Critical Error,bert\n1/17/2025 1:29,AnalyticsEngine,Somebody tried to open a report without permission,Security Alert,regex\n';
    const { columns, roles } = sniff(bytesOf(text), true, 'synthetic_logs.csv', 2024);
    expect(Object.fromEntries(Object.entries(roles).map(([role, column]) => [role, columns[column]]))).toEqual({ time: 'timestamp', source: 'source', message: 'log_message', label: 'target_label', level: undefined });
  });

  test.each([
    ['target_label', (i: number) => LABELS[i % 3], true],
    ['True Label', (i: number) => ['network', 'storage'][i % 2], true],
    ['label', (i: number) => (i % 4 === 0 ? '' : LABELS[i % 3].toLowerCase()), true],
    ['category', (i: number) => LABELS[i % 3], true],
    // A logger's class or category, a number, a text: none of them says what the line is.
    ['class', (i: number) => `com.shop.${'Cart,Order,Till'.split(',')[i % 3]}`, false],
    ['category', (i: number) => ['Microsoft.Hosting.Lifetime', 'System'][i % 2], false],
    ['label', (i: number) => String(i % 2), false],
    ['label', (i: number) => `something new each time ${i}`, false],
    ['label', () => '', false],
  ])('%s', (name, value, found) => expect(roleOf(table(name, value))).toBe(found ? name : ''));

  test('not where the file was labelled here, unless it had labels before that', () => {
    expect(roleOf(table('target_label', (i) => LABELS[i % 3], ',confidence,decided_by'))).toBe('');
    expect(roleOf(table('target_label', (i) => LABELS[i % 3], ',target_label_2,confidence,decided_by'))).toBe('target_label');
  });

  test('in JSON, also further in', () => {
    const lines = Array.from({ length: 20 }, (_, i) => JSON.stringify({ msg: `step ${i} is done`, meta: { label: LABELS[i % 3] } })).join('\n');
    expect(roleOf(lines)).toBe('meta.label');
  });
});

describe('labels are read', () => {
  test('from CSV, quoted or not, missing cells as none', () => {
    const read = readAll('log_message,target_label\nit works,User Action\n"it, too"," ""odd"" name "\nshort\n', csvDialect(['log_message', 'target_label'], { roles: { source: -1, message: 0, time: -1, level: -1, label: 1 } }));
    expect(records(read).map(({ message, label }) => [message, label])).toEqual([['it works', 'User Action'], ['it, too', '"odd" name'], ['short', '']]);
  });

  test('from JSON, escapes undone', () => {
    const dialect = csvDialect(['msg', 'label'], { format: 'json', roles: { source: -1, message: 0, time: -1, level: -1, label: 1 } });
    const read = readAll('{"msg":"a","label":"Fehler\\u0021"}\n{"msg":"b","label":null}\n{"msg":"c","label":7}\n{"msg":"d"}\nnot json\n', dialect);
    expect(records(read).map(({ label }) => label)).toEqual(['Fehler!', '', '7', '', '']);
  });
});
