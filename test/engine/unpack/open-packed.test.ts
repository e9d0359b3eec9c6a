import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Encoding } from '../../../src/contract/dialect.ts';
import { failureCode } from '../../../src/contract/failure.ts';
import type { ReadResult } from '../../../src/contract/reader-api.ts';
import type { RowView } from '../../../src/contract/view.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { TextEncoding } from '../../../src/engine/unpack/encode-text.ts';
import { PackedFiles } from '../../../src/engine/unpack/packed-files.ts';
import type { PackedFilesOptions } from '../../../src/engine/unpack/packed-files.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { PLAIN, exportAll, verdictsOf } from '../scan/service-run.ts';
import { fileOf, fixture, joined } from './packed.ts';

const LOG = fixture('app.log');
const TEXT = new TextDecoder().decode(LOG);

interface Opened {
  readonly service: ReaderService;
  readonly result: ReadResult;
  readonly rows: readonly RowView[];
  readonly error: unknown;
}

/** As the page opens a file: every file of an archive, then all steps; an error keeps what came before. */
async function open(files: readonly File[], options: PackedFilesOptions = {}, encoding?: Encoding): Promise<Opened> {
  const service = new ReaderService(new PackedFiles(options));
  const inputs = [];
  for (const file of files) {
    for (const member of await service.members(file)) inputs.push({ file, dialect: (await service.sniff(file, { member, encoding })).dialect });
  }
  const run = await service.begin(inputs.map(({ file }) => file), inputs.map(({ dialect }) => dialect), PLAIN);
  const error = await stepAll(service, run);
  const result = await service.finish(run);
  return { service, result, error, rows: await service.rows(NO_FILTER, 0, 10_000) };
}

async function stepAll(service: ReaderService, run: number): Promise<unknown> {
  let before = 0;
  try {
    for (;;) {
      const { soFar, done } = await service.step(1, run);
      expect(soFar.bytes).toBeGreaterThanOrEqual(before);
      expect(soFar.bytes).toBeLessThanOrEqual(soFar.totalBytes);
      before = soFar.bytes;
      if (done) {
        expect(before).toBe(soFar.totalBytes);
        return null;
      }
    }
  } catch (error) {
    return error;
  }
}

function encoded(encoding: Encoding, text = TEXT): Uint8Array {
  return new TextEncoding(encoding).encode(new TextEncoder().encode(text)).slice();
}

describe('the same log gives the same rows and patterns', () => {
  const latin = TEXT.replaceAll('→', '');
  const variants: readonly (readonly [name: string, bytes: Uint8Array, text?: string])[] = [
    ['app.log.gz', fixture('app.log.gz')], ['app.members.gz', fixture('app.log.members.gz')], ['app.log.zst', fixture('app.log.zst')], ['app.frames.zst', fixture('app.log.frames.zst')],
    ['stored.zip', fixture('stored.zip')], ['piped.zip', fixture('piped.zip')],
    ['le.log', encoded('utf-16le')], ['be.log', encoded('utf-16be')], ['le-bom.log', encoded('utf-16le', `\ufeff${TEXT}`)], ['be-bom.log', encoded('utf-16be', `\ufeff${TEXT}`)],
    ['bom.log', encoded('utf-8', `\ufeff${TEXT}`)], ['latin.log', encoded('windows-1252', latin), latin], ['wide.log.gz', gzipSync(encoded('utf-16le', `\ufeff${TEXT}`))],
  ];

  test.each(variants.map(([name, bytes, text]) => ({ name, bytes, text: text ?? TEXT })))('$name', async ({ name, bytes, text }) => {
    const plain = await open([fileOf(new TextEncoder().encode(text), 'app.log')]);
    expect(plain.rows).toHaveLength(40);
    for (const piece of [1, 50, undefined]) {
      const packed = await open([fileOf(bytes, name)], { piece });
      expect(packed.error).toBeNull();
      expect(packed.rows).toEqual(plain.rows);
      expect(packed.result.texts).toEqual(plain.result.texts);
      expect(packed.result.table).toEqual(plain.result.table);
      expect(packed.result.problems).toEqual([]);
    }
  });

  test('each file of an archive is an input of its own', async () => {
    const { rows, result, service } = await open([fileOf(fixture('two.zip'), 'two.zip')]);
    expect(result.entries).toBe(60);
    expect(new Set(rows.map(({ file }) => file))).toEqual(new Set([0, 1]));
    expect((await service.sniff(fileOf(fixture('two.zip'), 'two.zip'), { member: 'logs/app.log' })).dialect).toMatchObject({ packing: 'zip', member: 'logs/app.log', encoding: 'utf-8' });
  });
});

test('what a person says of the encoding is done', async () => {
  const { rows } = await open([fileOf(LOG, 'a.log')], {}, 'windows-1252');
  expect(rows[3].source + rows[3].raw).toContain('naÃ¯ve');
});

describe('exports', () => {
  test('are those of the plain file', async () => {
    const texts = [];
    for (const [name, bytes] of [['a.log', LOG], ['a.log.gz', fixture('app.log.gz')], ['b.log', encoded('utf-16be')]] as const) {
      const { service, result } = await open([fileOf(bytes, name)]);
      await service.setVerdicts(verdictsOf(result));
      await service.beginExport({ format: 'csv', raw: true, extra: [], reasons: null, redaction: null, filter: NO_FILTER });
      texts.push(await exportAll(service));
    }
    expect(texts[1]).toBe(texts[0]);
    expect(texts[2]).toBe(texts[0]);
    expect(texts[0].split('\n')).toHaveLength(42);
  });
});

describe('a file that ends too early', () => {
  const cut = fixture('app.log.gz').subarray(0, 400);

  test('keeps what came, says so once, and can be read again with other rules', async () => {
    const { service, rows, result, error } = await open([fileOf(cut, 'a.log.gz')], { piece: 16 });
    expect(failureCode(error)).toBe('file-cut-short');
    expect((error as Error).message).toMatch(/“a\.log\.gz” ends in the middle/);
    expect(rows.length).toBeGreaterThan(20);
    expect(TEXT.startsWith(rows.map(({ raw }) => raw).join('\n'))).toBe(true);
    expect(result.problems.map(({ reason }) => reason)).toEqual(['cut-short']);
    const { dialect } = await service.sniff(fileOf(cut, 'a.log.gz'));
    const run = await service.begin([fileOf(cut, 'a.log.gz')], [dialect], { ...PLAIN, keep: true });
    while (!(await service.step(50, run)).done);
    expect((await service.finish(run)).entries).toBe(rows.length);
    expect(await service.rows(NO_FILTER, 0, 1000)).toEqual(rows);
  });

  test('does not keep those after it from being read', async () => {
    const { rows, error } = await open([fileOf(cut, 'a.log.gz'), fileOf(LOG, 'b.log')]);
    expect(failureCode(error)).toBe('file-cut-short');
    expect(rows.filter(({ file }) => file === 1)).toHaveLength(40);
  });

  test('where nothing can be had of it, is refused', async () => {
    const error = await open([fileOf(fixture('app.log.zst').subarray(0, 30), 'a.zst')]).catch((caught: unknown) => caught);
    expect(failureCode(error)).toBe('file-cut-short');
    expect((error as Error).message).toContain('“a.zst” ends in the middle');
  });
});

test('half a character at the end is listed', async () => {
  const { result, error } = await open([fileOf(joined([encoded('utf-16le'), Uint8Array.of(65)]), 'a.log')]);
  expect(error).toBeNull();
  expect(result.problems).toMatchObject([{ reason: 'cut-short', detail: 'The file ends in half a character.' }]);
});

describe('a bomb', () => {
  const lines = new TextEncoder().encode('2024-03-04 05:00:00 INFO all is well\n'.repeat(200_000));
  const bomb = gzipSync(lines);

  test('that unpacks to many times its size ends, with what came before', async () => {
    const { error, rows } = await open([fileOf(bomb, 'a.gz')], { limits: { bytes: 1e9, ratio: 50, ratioFrom: 1e6 }, piece: 1000 });
    expect((error as Error).message).toMatch(/“a\.gz” unpacks to more than 50 times its size/);
    expect(rows.length).toBeGreaterThan(1e6 / 40 / 100);
  });

  test('that unpacks to too much ends likewise', async () => {
    const { error, result } = await open([fileOf(bomb, 'a.gz')], { limits: { bytes: 2e6, ratio: 1e9, ratioFrom: 0 }, piece: 1000 });
    expect((error as Error).message).toMatch(/unpacks to more than .* GB/);
    expect(result.entries).toBeLessThan(100_000);
  });
});

test('a run that was cancelled midway is gone on with, not begun anew', async () => {
  const text = Array.from({ length: 60_000 }, (_, at) => `2024-03-04 05:00:00 INFO user ${at * 7919} came from 10.0.${at % 256}.${at % 199}\n`).join('');
  const file = fileOf(gzipSync(new TextEncoder().encode(text)), 'a.log.gz');
  const service = new ReaderService(new PackedFiles({ piece: 2000 }));
  const { dialect } = await service.sniff(file);
  const run = await service.begin([file], [dialect], PLAIN);
  await service.step(0, run);
  const some = await service.finish(run);
  expect(some.entries).toBeGreaterThan(0);
  expect(some.entries).toBeLessThan(60_000);
  const last = some.entries - 1;
  expect((await service.sampleRows([last]))[0].raw).toBe(text.split('\n')[last]);
  const again = await service.begin([file], [dialect], { ...PLAIN, keep: true });
  while (!(await service.step(50, again)).done);
  expect((await service.finish(again)).entries).toBe(60_000);
  expect((await service.sampleRows([59_999, last])).map(({ raw }) => raw)).toEqual([text.split('\n')[59_999], text.split('\n')[last]]);
});

describe('is refused in words', () => {
  test.each([
    ['a tar archive in gzip', gzipSync(joined([new Uint8Array(257), new TextEncoder().encode('ustar\0'), new Uint8Array(600)])), /tar archive.*tar -xf/],
    ['what is compressed twice', gzipSync(fixture('app.log.gz')), /compressed once more.*gunzip/],
    ['a file of nothing, compressed', gzipSync(new Uint8Array(0)), /is empty/],
  ])('%s', async (_, bytes, words) => {
    const error = await open([fileOf(bytes, 'a.gz')]).catch((caught: unknown) => caught);
    expect(failureCode(error)).toMatch(/^file-(binary|empty)$/);
    expect((error as Error).message).toMatch(words);
  });

  test('an archive in an archive, while the log beside it is read', async () => {
    const service = new ReaderService();
    const file = fileOf(fixture('nested.zip'), 'nested.zip');
    const members = await service.members(file);
    const settled = await Promise.allSettled(members.map((member) => service.sniff(file, { member })));
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
