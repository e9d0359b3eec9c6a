import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { MADE_OF } from '../../vite/program.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
export const DIST = join(ROOT, 'dist');

/** Builds the page where `dist` is missing or older than a source. Returns its folder. */
export async function ensureBuilt(): Promise<string> {
  const index = join(DIST, 'index.html');
  const built = existsSync(index) ? statSync(index).mtimeMs : 0;
  const changed = Math.max(...MADE_OF.map((source) => newest(join(ROOT, source))));
  if (built < changed) await build({ root: ROOT, logLevel: 'warn' });
  return DIST;
}

/** Time of the last change in a file or folder, in epoch milliseconds; 0 where there is none. */
function newest(path: string): number {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  // The folder's own time counts: it changes when a file in it is deleted.
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
