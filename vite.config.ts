import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync, statSync } from 'node:fs';
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

export default defineConfig({
  // Relative addresses: the same dist works from any sub-path and from any plain file server.
  base: './',
  define: { __FIRST_USE_MEGABYTES__: JSON.stringify(firstUseMegabytes()) },
  plugins: [svelte()],
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, chunkSizeWarningLimit: 1000 },
  preview: { port: 4173, strictPort: false, host: '127.0.0.1' },
});
