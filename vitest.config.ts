import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Workers of the test runner and the browser under test share the cores.
    maxWorkers: 2,
    projects: [
      {
        // `browser` resolves Svelte's client runtime, which session classes with runes need.
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: { name: 'unit', environment: 'node', include: ['test/**/*.test.ts'], exclude: ['test/browser/**', 'test/firefox/**', 'test/bench/**'], testTimeout: 30_000 },
      },
      {
        test: {
          name: 'browser', environment: 'node', include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/global-setup.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false,
          // What a test waits for may take long where other work shares the cores; the runner's own limit is one second.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'firefox', environment: 'node', include: ['test/firefox/**/*.test.ts'],
          globalSetup: ['test/firefox/global-setup.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
