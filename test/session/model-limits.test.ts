import { describe, expect, test } from 'vitest';
import { failureCode } from '../../src/contract/failure.ts';
import type { Fetcher } from '../../src/engine/embed/model-files.ts';
import { fetchModelLimits } from '../../src/session/model-limits.ts';
import { MODELS_BASE, diskFetcher } from '../../training/disk-fetcher.ts';

/** The folder of models with another answer for the limits. */
const instead = (answer: (file: Response) => Promise<Response>): Fetcher => async (url) => (url.endsWith('limits.json') ? answer(await diskFetcher(url)) : diskFetcher(url));
const failureOf = (loading: Promise<unknown>): Promise<unknown> => loading.then(() => 'none', failureCode);

describe('the measured limits', () => {
  test('are read without a worker, and checked by the manifest', async () => {
    const asked: string[] = [];
    const limits = await fetchModelLimits(MODELS_BASE, (url) => { asked.push(url.slice(MODELS_BASE.length)); return diskFetcher(url); });
    expect(limits.categories).toHaveLength(9);
    expect(asked).toEqual(['manifest.json', 'classify/limits.json']);
  });

  test('are refused where one digit is another', async () => {
    const changed = instead(async (file) => new Response((await file.text()).replace(/(?<="accuracy":0\.)\d/, (digit) => String(9 - Number(digit)))));
    expect(await failureOf(fetchModelLimits(MODELS_BASE, changed))).toBe('model-tampered');
  });

  test('say what is missing', async () => {
    const missing = instead(async () => new Response('', { status: 404 }));
    await expect(fetchModelLimits(MODELS_BASE, missing)).rejects.toThrow(/limits\.json is not on the server/);
  });

  test('of another build are refused', async () => {
    expect(await failureOf(fetchModelLimits(MODELS_BASE, diskFetcher, '0'.repeat(64)))).toBe('model-tampered');
  });
});
