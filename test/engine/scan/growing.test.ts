import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import type { ReadResult, ReadSetup } from '../../../src/contract/reader-api.ts';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { Growing } from './growing-file.ts';
import { PLAIN, exportAll, readAll, verdictsOf } from './service-run.ts';

async function dialectOf(text: string): Promise<Dialect> {
  return (await new ReaderService().sniff(new File([text], 'app.log'))).dialect;
}

async function opened(growing: Growing, given?: Dialect): Promise<{ service: ReaderService; result: ReadResult }> {
  const service = new ReaderService();
  const setup: ReadSetup = { ...PLAIN, handles: [growing.handle] };
  const run = await service.begin([growing.file], [given ?? (await dialectOf(await growing.file.text()))], setup);
  while (!(await service.step(50, run)).done);
  return { service, result: await service.finish(run) };
}

/** What does not depend on where the file was cut: all of a result but the bytes its store takes. */
function comparable({ bytesPerRow: _, ...result }: ReadResult): unknown {
  return result;
}

const LOG = [
  '2024-06-01 10:00:00 INFO web: GET /cart took 12 ms',
  '2024-06-01 10:00:01 ERROR db: connection to 10.0.0.7 refused',
  'java.lang.IllegalStateException: pool is empty',
  '\tat com.example.Pool.take(Pool.java:42)',
  '2024-06-01 10:00:02 WARN cache: evicted 17 entries, “größer”',
  '2024-06-01 10:00:03 INFO web: user 4711 logged in',
];

describe('a file that grows', () => {
  test('read on in any parts it is as if read at once', async () => {
    const line = fc.nat(LOG.length - 1).map((at) => LOG[at]);
    await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(400), { maxLength: 5 }), fc.constantFrom('line', 'trace', 'headed' as const), fc.boolean(), async (lines, cuts, grouping, ended) => {
      const text = lines.join('\n') + (ended ? '\n' : '');
      const places = [...new Set([1, ...cuts.map((cut) => Math.min(text.length, cut + 1)), text.length])].sort((a, b) => a - b);
      const growing = new Growing();
      growing.add(text.slice(0, places[0]));
      const change: Dialect = { ...(await dialectOf(LOG.join('\n'))), shape: 'time', format: 'lines', grouping };
      const { service, result } = await opened(growing, change);
      let latest: ReadResult | null = result;
      for (let at = 1; at < places.length; at++) {
        growing.add(text.slice(places[at - 1], places[at]));
        expect(await service.hasGrown()).toBe(true);
        latest = await service.grow([]);
      }
      expect(await service.hasGrown()).toBe(false);
      const whole = new Growing();
      whole.add(text);
      const atOnce = await opened(whole, change);
      expect(comparable(latest as ReadResult)).toEqual(comparable(atOnce.result));
      const rows = await service.rows(NO_FILTER, 0, 100);
      expect(rows).toEqual(await atOnce.service.rows(NO_FILTER, 0, 100));
    }), { numRuns: 60 });
  });

  test('CSV and JSON lines go on too, quotes over several lines and labels included', async () => {
    for (const text of ['source,log_message,target_label\na,"one\ntwo",Error\nb,three,\nc,four 5,Error\n', '{"msg":"one","level":"info"}\n{"msg":"two 3","level":"error"}\n{"msg":"four","level":"info"}\n']) {
      for (let cut = 34; cut < text.length; cut++) {
        const growing = new Growing();
        growing.add(text.slice(0, cut));
        const dialect = await dialectOf(text);
        const { service } = await opened(growing, dialect);
        growing.add(text.slice(cut));
        const grown = await service.grow([]);
        const whole = new Growing();
        whole.add(text);
        expect(comparable(grown as ReadResult), `cut at ${cut}`).toEqual(comparable((await opened(whole, dialect)).result));
      }
    }
  });

  test('exports hold what was read when they began, and later ones the rest', async () => {
    const growing = new Growing();
    growing.add(`${LOG[0]}\n${LOG[1]}`);
    const { service, result } = await opened(growing);
    await service.setVerdicts(verdictsOf(result));
    await service.beginExport({ format: 'csv', raw: true, extra: [], reasons: null, filter: NO_FILTER, redaction: null });
    growing.add(`\n${LOG[5]}\n`);
    expect(await service.hasGrown()).toBe(false);
    expect((await exportAll(service)).trim().split('\n')).toHaveLength(3);
    const grown = await service.grow([]);
    await service.setVerdicts(verdictsOf(grown as ReadResult));
    await service.beginExport({ format: 'csv', raw: true, extra: [], reasons: null, filter: NO_FILTER, redaction: null });
    expect((await exportAll(service)).trim().split('\n')).toHaveLength(4);
  });

  test('one that became shorter is told, and what was read stays', async () => {
    const growing = new Growing();
    growing.add(`${LOG[0]}\n${LOG[1]}\n`);
    const { service } = await opened(growing);
    growing.cut(10);
    expect(failureCode(await service.hasGrown().catch((error: unknown) => error))).toBe('file-changed');
    expect(await service.rowCount(NO_FILTER)).toBe(2);
  });

  test('one that another, longer file took the place of is told, and what was read stays', async () => {
    for (const other of [`${LOG[2]}\n`.repeat(9), `${LOG[0]}\n${LOG[5]}\n${LOG[5]}\n`]) {
      const growing = new Growing();
      growing.add(`${LOG[0]}\n${LOG[1]}\n`);
      const { service } = await opened(growing);
      growing.cut(0);
      growing.add(other);
      expect(failureCode(await service.hasGrown().catch((error: unknown) => error))).toBe('file-changed');
      expect(await service.rowCount(NO_FILTER)).toBe(2);
    }
  });

  test('a dropped copy, or several files, cannot be followed', async () => {
    const service = new ReaderService();
    const file = new File([LOG.join('\n')], 'app.log');
    await readAll(service, [file]);
    expect(await service.hasGrown()).toBe(false);
    expect(await service.grow([])).toBe(null);
  });
});
