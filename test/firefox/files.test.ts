import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { ROOT } from '../browser/built-site.ts';
import { NO_FIREFOX, closeBrowser, openPage, press, untilComplete, words } from './page.ts';
import type { Dropped, OpenPage } from './page.ts';

const FOLDER = join(ROOT, 'test', 'fixtures', 'packed');
const LOG = readFileSync(join(FOLDER, 'app.log'), 'utf8');

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

describe.skipIf(NO_FIREFOX)('files', () => {
  test('packed and differently encoded ones come out as the plain one does, one after another', async () => {
    opened = await openPage(`${inject('site')}?save=download`);
    const files: readonly Dropped[] = [
      { name: 'plain.log', bytes: LOG }, join(FOLDER, 'app.log.members.gz'), join(FOLDER, 'app.log.frames.zst'), join(FOLDER, 'stored.zip'),
      { name: 'utf-16.log', bytes: Buffer.from(LOG, 'utf16le') },
    ];
    const saved: string[] = [];
    for (const file of files) {
      await opened.drop(file);
      const name = typeof file === 'string' ? file.split(/[\\/]/).at(-1) : file.name;
      await opened.page.waitForSelector(`::-p-text(${name})`);
      await untilComplete(opened.page);
      expect(await words(opened.page, 'alert')).toBe('');
      saved.push((await opened.save('Download CSV')).bytes.toString('utf8'));
    }
    expect(saved[0]).toContain('naïve-worker');
    expect(saved[0]?.split('\n')).toHaveLength(42);
    expect(saved).toEqual(files.map(() => saved[0]));
    expect([opened.errors, opened.strays()]).toEqual([[], []]);
  });

  test('several files, saved as CSV, report and manifest by ordinary downloads', async () => {
    opened = await openPage(inject('site'));
    await opened.drop({ name: 'a.log', bytes: LOG }, { name: 'b.log', bytes: LOG });
    await untilComplete(opened.page);
    await press(opened.page, 'More ways to save…');
    const csv = (await opened.save('Save CSV')).bytes.toString('utf8');
    expect(csv.trimEnd().split('\n')).toHaveLength(81);
    const report = await opened.save('Report (HTML)');
    expect(report.name).toMatch(/\.html$/);
    expect(report.bytes.toString('utf8')).toContain('80 entries');
    const manifest = JSON.parse((await opened.save('Manifest (JSON)')).bytes.toString('utf8')) as { inputs: { sha256: string }[] };
    const hash = createHash('sha256').update(LOG).digest('hex');
    expect(manifest.inputs.map(({ sha256 }) => sha256)).toEqual([hash, hash]);
    expect([opened.errors, opened.strays()]).toEqual([[], []]);
  });
});
