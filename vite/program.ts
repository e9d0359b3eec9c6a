import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import type { ModelManifest } from '../src/contract/model.ts';
import { MODELS_FOLDER, partOf } from './parts.ts';

export const ROOT = new URL('../', import.meta.url);

/** Bytes of program scripts and styles, roughly: what is said to a person is rounded to whole megabytes. */
const PROGRAM_BYTES = 800_000;

/** What the program is made of: whatever can change a byte of the built site. */
export const MADE_OF: readonly string[] = ['index.html', 'package.json', 'package-lock.json', 'public', 'src', 'tsconfig.base.json', 'tsconfig.json', 'vite', 'vite.config.ts', 'workers'];

const MODEL_MANIFEST = `public/${MODELS_FOLDER}manifest.json`;
const RUNTIME = 'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm';

/** Lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * All files below a folder, relative to it, with `/`, sorted by UTF-16 code units: the same order on any system and in any locale.
 * Hidden files are left out: they are leftovers of editors and file managers, and file servers refuse them.
 */
export function filesBelow(folder: URL): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => !/(^|\/)\./.test(name) && statSync(new URL(encodeURI(name), folder)).isFile()).sort();
}

/** SHA-256 over paths and contents of what the program is made of: the same for the same source, wherever and whenever it is built. */
export function buildHash(): string {
  const files = MADE_OF.flatMap((path) => (statSync(new URL(path, ROOT)).isDirectory() ? filesBelow(new URL(`${path}/`, ROOT)).map((name) => `${path}/${name}`) : [path]));
  return sha256(Buffer.from(files.map((file) => `${file}\0${sha256(readFileSync(new URL(encodeURI(file), ROOT)))}\n`).join('')));
}

/** SHA-256 of the list of models, which names each with its own: what a page of this build may trust. */
export function manifestHash(): string {
  return sha256(readFileSync(new URL(MODEL_MANIFEST, ROOT)));
}

/** What the first file makes the page load from its own site, in MB: program, runtime and models of the WebAssembly path. */
export function firstUseMegabytes(): number {
  const manifest = JSON.parse(readFileSync(new URL(MODEL_MANIFEST, ROOT), 'utf8')) as ModelManifest;
  const models = manifest.files.filter(({ path }) => partOf(MODELS_FOLDER + path) === 'model').reduce((sum, { bytes }) => sum + bytes, 0);
  return Math.ceil((models + statSync(new URL(RUNTIME, ROOT)).size + PROGRAM_BYTES) / 1e6);
}
