import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { closeBrowser, downloadCsv, drop, openPage, untilStage } from './page.ts';
import type { OpenOptions } from './page.ts';
import { RECORDED, rowsOf } from './saved-csv.ts';
import { serveFolder } from './static-server.ts';

afterAll(closeBrowser);

const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** What a run says of itself, and every verdict of it. */
async function run(url: string, options: OpenOptions = {}): Promise<{ isolated: boolean; threads: string; verdicts: string[][] }> {
  const opened = await openPage(`${url}?save=download`, options);
  try {
    const { page } = opened;
    await drop(page, join(RECORDED, 'auth.log'));
    await untilStage(page, 'ready');
    expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
    const verdicts = rowsOf((await downloadCsv(page)).bytes).map((row) => [row['target_label'] as string, row['confidence'] as string, row['decided_by'] as string]);
    expect(opened.errors).toEqual([]);
    expect(opened.strays()).toEqual([]);
    return { isolated: await page.evaluate(() => crossOriginIsolated), threads: (await page.getByText(/Model runs on/).textContent()) ?? '', verdicts };
  } finally {
    await opened.close();
  }
}

test('where the page is isolated the model runs on threads, and every label is the same', async () => {
  const patches = mkdtempSync(join(tmpdir(), 'winnow-'));
  writeFileSync(join(patches, 'four.js'), "Object.defineProperty(WorkerNavigator.prototype, 'hardwareConcurrency', { get: () => 4 });\n");
  const server = await serveFolder(inject('dist'), { headers: ISOLATED, mounts: { '/patches/': patches } });
  try {
    const plain = await run(inject('site'));
    expect(plain.isolated).toBe(false);
    expect(plain.threads).toContain('1 thread)');
    const isolated = await run(server.url, {
      // A machine of four processors, whatever the tests run on: workers start from a blob, which gets one more import.
      prepare: async (context) => {
        await context.addInitScript(() => {
          const Native = window.Blob;
          window.Blob = class extends Native {
            constructor(parts?: BlobPart[], options?: BlobPropertyBag) {
              super(options?.type === 'text/javascript' ? [`import ${JSON.stringify(new URL('/patches/four.js', location.href).href)};`, ...(parts ?? [])] : parts, options);
            }
          };
        });
      },
    });
    expect(isolated.isolated).toBe(true);
    expect(isolated.threads).toContain('2 threads)');
    expect(isolated.verdicts).toEqual(plain.verdicts);
  } finally {
    await server.stop();
    rmSync(patches, { recursive: true });
  }
});
