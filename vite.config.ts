import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { defineConfig } from 'vite';
import type { ModelManifest } from './src/contract/model.ts';

/** Bytes of program scripts and styles, roughly: what is said to a person is rounded to whole megabytes. */
const PROGRAM_BYTES = 800_000;

/** What the first file makes the page load from its own site, in MB: program, runtime and models of the WebAssembly path. */
function firstUseMegabytes(): number {
  const manifest = JSON.parse(readFileSync(new URL('./public/models/manifest.json', import.meta.url), 'utf8')) as ModelManifest;
  const models = manifest.files.filter(({ path }) => !path.includes('-w8') && path !== 'NOTICE').reduce((sum, { bytes }) => sum + bytes, 0);
  const runtime = statSync(new URL('./node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm', import.meta.url)).size;
  return Math.ceil((models + runtime + PROGRAM_BYTES) / 1e6);
}

/** What the program is made of; models are named in their manifest with their hashes. */
const MADE_OF = ['index.html', 'package-lock.json', 'public/models/manifest.json', 'src', 'workers'];

/** SHA-256 over paths and contents of what the program is made of: the same for the same source, wherever and whenever it is built. */
function buildHash(): string {
  const root = new URL('./', import.meta.url);
  const files = MADE_OF.flatMap((path) => (statSync(new URL(path, root)).isDirectory() ? readdirSync(new URL(path, root), { recursive: true, encoding: 'utf8' }).map((name) => `${path}/${name.replaceAll('\\', '/')}`) : [path]));
  const hash = createHash('sha256');
  for (const file of files.filter((path) => statSync(new URL(path, root)).isFile()).sort()) hash.update(`${file}\0${createHash('sha256').update(readFileSync(new URL(file, root))).digest('hex')}\n`);
  return hash.digest('hex');
}

export default defineConfig({
  // Relative addresses: the same dist works from any sub-path and from any plain file server.
  base: './',
  define: { __FIRST_USE_MEGABYTES__: JSON.stringify(firstUseMegabytes()), __BUILD__: JSON.stringify(buildHash()) },
  plugins: [svelte()],
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, chunkSizeWarningLimit: 1000 },
  preview: { port: 4173, strictPort: false, host: '127.0.0.1' },
});
