import { expect, test } from 'vitest';
import { NO_FILTER } from '../../../src/contract/view.ts';
import type { Filter } from '../../../src/contract/view.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';

const LABELS = ['User Action', 'Error', ''];
const TEXT = `source,log_message,target_label\n${Array.from({ length: 30 }, (_, i) => `CRM,${i % 2 ? `Order ${i} could not be sent` : `Report ${i} was opened by hand`},${LABELS[i % 3]}`).join('\n')}\n`;

async function read(files: readonly File[]): Promise<{ service: ReaderService; result: Awaited<ReturnType<ReaderService['finish']>> }> {
  const service = new ReaderService();
  const dialects = await Promise.all(files.map(async (file) => (await service.sniff(file)).dialect));
  const run = await service.begin(files, dialects, { rules: [], lessons: [] });
  while (!(await service.step(1000, run)).done);
  return { service, result: await service.finish(run) };
}

test('a file that carries labels: they are counted by pattern, and rows are found by them', async () => {
  const { service, result: { table, truth } } = await read([new File([TEXT], 'a.csv')]);
  expect([truth?.column, truth?.labels, truth?.tooMany]).toEqual(['target_label', ['User Action', 'Error'], false]);
  expect(Array.from(truth?.rows ?? [], (n, i) => [table.examples[truth?.pattern[i] ?? -1].split(' ')[0], truth?.labels[truth.label[i]], n])).toEqual([
    ['Report', 'User Action', 5], ['Report', 'Error', 5], ['Order', 'User Action', 5], ['Order', 'Error', 5],
  ]);
  const rowsOf = async (filter: Partial<Filter>): Promise<number[]> => (await service.rows({ ...NO_FILTER, ...filter }, 0, 100)).map(({ row }) => row);
  const rows = Array.from({ length: 30 }, (_, row) => row);
  expect(await rowsOf({ truths: [1] })).toEqual(rows.filter((row) => row % 3 === 1));
  expect(await rowsOf({ truths: [0, 1], patterns: [1] })).toEqual(rows.filter((row) => row % 3 !== 2 && row % 2 === 1));
  expect(await rowsOf({ truths: [] })).toEqual([]);
});

test('of several files only one carries labels', async () => {
  const { service, result } = await read([new File(['source,log_message\nCRM,It works now\nCRM,It works again\n'], 'b.csv'), new File([TEXT], 'a.csv')]);
  expect(result.truth?.rows.reduce((a, b) => a + b)).toBe(20);
  expect(await service.rowCount({ ...NO_FILTER, truths: [0] })).toBe(10);
  expect((await service.rows({ ...NO_FILTER, truths: [0] }, 0, 1))[0].row).toBe(2);
});

test('no labels, no truth', async () => {
  const { service, result } = await read([new File(['source,log_message\nCRM,It works now\n'], 'b.csv')]);
  expect(result.truth).toBeNull();
  expect(await service.rowCount({ ...NO_FILTER, truths: [0] })).toBe(0);
});
