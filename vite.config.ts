import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { buildHash, firstUseMegabytes, manifestHash } from './vite/program.ts';
import { site } from './vite/site.ts';

const build = buildHash();

export default defineConfig(({ command }) => {
  // Whoever starts it, a test runner included: there is one kind of build.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    // Relative addresses: the same dist works from any sub-path and from any plain file server.
    base: './',
    define: { __FIRST_USE_MEGABYTES__: JSON.stringify(firstUseMegabytes()), __BUILD__: JSON.stringify(build), __MANIFEST_SHA256__: JSON.stringify(manifestHash()) },
    // Names of style classes come from paths below this folder, wherever the build is started.
    plugins: [svelte({ compilerOptions: { rootDir: import.meta.dirname } }), site(build)],
    worker: { format: 'es' },
    build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, chunkSizeWarningLimit: 1000 },
    preview: { port: 4173, strictPort: false, host: '127.0.0.1' },
  };
});
