import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Fetcher } from '../src/engine/embed/model-files.ts';

/** Address of public/models for Node. */
export const MODELS_BASE = new URL('../public/models/', import.meta.url).href;

/** Stands in for `fetch` in Node: reads file: addresses from disk. */
export const diskFetcher: Fetcher = async (url) => {
  try {
    return new Response(await readFile(fileURLToPath(url)));
  } catch {
    return new Response(null, { status: 404 });
  }
};
