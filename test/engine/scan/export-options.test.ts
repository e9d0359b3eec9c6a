import { describe, expect, test } from 'vitest';
import { REDACTIONS } from '../../../src/contract/export.ts';
import type { ExportOptions } from '../../../src/contract/export.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { decide } from '../../../src/engine/decide/decide.ts';
import { Votes } from '../../../src/engine/decide/votes.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { PLAIN, verdictsOf } from './service-run.ts';

const OPTIONS: ExportOptions = { format: 'csv', raw: true, extra: [], reasons: null, filter: NO_FILTER, redaction: null };

async function opened(files: readonly File[], label = 'ü€ж'): Promise<ReaderService> {
  const service = new ReaderService();
  const dialects = await Promise.all(files.map(async (file) => (await service.sniff(file)).dialect));
  const rules = [{ id: 'all', pattern: '.', label, about: 'all', origin: 'own' as const }];
  await service.begin(files, dialects, { rules, lessons: [] });
  while (!(await service.step(50)).done) { /* Goes on. */ }
  const { table } = await service.finish();
  await service.setVerdicts(decide(table, rules, new Votes(table.count), { threshold: 0.5, ended: true }));
  return service;
}

async function exported(service: ReaderService, options: Partial<ExportOptions> = {}): Promise<{ bytes: Uint8Array; unwritable: number; redacted: number; rows: number }> {
  await service.beginExport({ ...OPTIONS, ...options });
  const parts: Uint8Array[] = [];
  for (;;) {
    const step = await service.exportStep();
    parts.push(step.bytes);
    if (step.done) return { bytes: new Uint8Array(Buffer.concat(parts)), unwritable: step.unwritable, redacted: step.redacted, rows: step.rows };
  }
}

const TEXT = 'source,log_message\r\nwéb,"from 10.0.0.1, it bröke"\r\nwéb,"from 10.0.0.1, again"\r\n';
const utf16 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

describe('an export', () => {
  test('of CSV comes in the file\'s own encoding; as JSON lines in UTF-8', async () => {
    const service = await opened([new File([utf16(TEXT)], 'a.csv')]);
    const { bytes, unwritable, rows } = await exported(service);
    expect(new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes)).toBe(`\ufeff${TEXT.replaceAll('\r\n', ',ü€ж,1,rule\r\n').replace(',ü€ж,1,rule', ',target_label,confidence,decided_by')}`);
    expect([unwritable, rows]).toEqual([0, 2]);
    const lines = new TextDecoder().decode((await exported(service, { format: 'jsonl' })).bytes).trimEnd().split('\n');
    expect(JSON.parse(lines[0])).toEqual({ source: 'wéb', log_message: 'from 10.0.0.1, it bröke', target_label: 'ü€ж', confidence: 1, decided_by: 'rule' });
  });

  test('counts what the encoding lacks', async () => {
    const latin = Uint8Array.from(Buffer.from(TEXT, 'latin1'));
    const { bytes, unwritable } = await exported(await opened([new File([latin], 'a.csv')]));
    expect(Buffer.from(bytes).toString('latin1')).toContain('bröke",ü\u0080?,1,rule');
    // Once in each row: what is written is counted.
    expect(unwritable).toBe(2);
  });

  test('hides values alike in all files, counts them, and gives the reasons', async () => {
    const service = await opened([new File(['x 10.0.0.1 failed\n'], 'a.log'), new File(['{"msg":"y 10.0.0.1 failed"}\n'], 'b.json')], 'Error');
    const redaction = { kinds: REDACTIONS, own: [], key: new Uint8Array(16) };
    const { bytes, redacted } = await exported(service, { format: 'jsonl', redaction, extra: ['reason'], reasons: ['one', 'two'] });
    const [a, b] = new TextDecoder().decode(bytes).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, string>);
    expect([a['file'], b['file'], redacted]).toEqual(['a.log', 'b.json', 2]);
    expect(a['log_message'].slice(2)).toBe(b['log_message'].slice(2));
    expect(a['log_message']).toMatch(/^x \[ip [0-9a-f]{10}\] failed$/);
    expect(['one', 'two']).toContain(a['reason']);
  });

  test('of a file that can be read in part holds that part', async () => {
    const whole = 'one failed\ntwo failed\nthree failed\n';
    const file = new File([whole], 'a.log');
    let broken = false;
    /** Its disk goes bad after the second line. */
    class BadDisk extends File {
      override stream(): ReturnType<File['stream']> {
        throw new Error('read by slices');
      }
      override slice(from = 0, to = whole.length): Blob {
        if (broken && from >= 22) throw new Error('I/O error');
        return broken ? file.slice(from, Math.min(to, 22)) : file.slice(from, to);
      }
    }
    const disk = new BadDisk([whole], 'a.log');
    const service = new ReaderService();
    const { dialect } = await service.sniff(disk);
    broken = true;
    const run = await service.begin([disk], [dialect], PLAIN);
    await expect((async () => { while (!(await service.step(50, run)).done); })()).rejects.toMatchObject({ name: 'file-unreadable' });
    const result = await service.finish(run);
    expect(result.entries).toBe(2);
    await service.setVerdicts(verdictsOf(result));
    const { bytes, rows } = await exported(service);
    expect([rows, new TextDecoder().decode(bytes).trimEnd().split('\n').length]).toEqual([2, 3]);
  });

  test('shows beforehand what would be hidden', async () => {
    const service = await opened([new File([`${'plain\n'.repeat(10)}from 10.0.0.1\n`], 'a.log')]);
    const redaction = { kinds: ['address'] as const, own: ['pl[a]in$'], key: new Uint8Array(16) };
    expect(await service.redactionPreview({ ...redaction, own: [] }, NO_FILTER, 5)).toMatchObject({ seen: 11, changed: 1, rows: [{ row: 10, before: 'from 10.0.0.1', values: 1 }] });
    expect(await service.redactionPreview(redaction, NO_FILTER, 2)).toMatchObject({ seen: 11, changed: 11, rows: [{}, {}] });
    await expect(service.redactionPreview({ ...redaction, own: ['('] }, NO_FILTER, 2)).rejects.toMatchObject({ name: 'rules-refused' });
  });
});
