/**
 * Writes public/models/manifest.json: every file under public/models with its size, hash, licence and origin.
 * Run it after changing any of them: npx tsx training/write-manifest.ts
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelFile, ModelManifest } from '../src/contract/model.ts';

const MANIFEST = 'manifest.json';

interface Source { readonly prefix: string; readonly licence: string; readonly origin: string }

/** First matching prefix wins. A file that none matches stops the script: nothing is shipped without a licence. */
const SOURCES: readonly Source[] = [
  {
    prefix: 'encoder/tokenizer.json', licence: 'Apache-2.0',
    origin: 'tokenizer of sentence-transformers/all-MiniLM-L6-v2, padding and length changed by training/encoder/make_encoder.py',
  },
  {
    prefix: 'encoder/', licence: 'Apache-2.0',
    origin: 'sentence-transformers/all-MiniLM-L6-v2, fine-tuned, cut and quantised by training/encoder',
  },
  { prefix: 'classify/', licence: 'MIT', origin: 'trained on training/corpus by training/train.ts' },
  { prefix: 'NOTICE', licence: 'CC0-1.0', origin: 'written for this project' },
];

/** Manifest of a folder of models; files in order of their paths. */
export function describeModels(folder: string): ModelManifest {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => path !== MANIFEST)
    .sort();
  return { version: 1, files: paths.map((path) => describeFile(folder, path)) };
}

function describeFile(folder: string, path: string): ModelFile {
  const source = SOURCES.find(({ prefix }) => path.startsWith(prefix));
  if (source === undefined) throw new Error(`public/models/${path}: say its licence and origin in training/write-manifest.ts`);
  const data = readFileSync(join(folder, path));
  const sha256 = createHash('sha256').update(data).digest('hex');
  return { path, bytes: data.length, sha256, licence: source.licence, origin: source.origin };
}

export function writeManifest(folder: string): ModelManifest {
  const manifest = describeModels(folder);
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = writeManifest(fileURLToPath(new URL('../public/models', import.meta.url)));
  for (const { path, bytes } of manifest.files) console.log(`${(bytes / 1e6).toFixed(2).padStart(7)} MB  ${path}`);
}
