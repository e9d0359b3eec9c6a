import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Tests that measure how fast the page is, wait a fixed time for what must not come, or take all cores by themselves: one file at a time, after the others. */
const ALONE = ['leaks', 'size', 'webgpu'].map((name) => `test/browser/${name}.test.ts`);
const FIREFOX_ALONE = ['test/firefox/leaks.test.ts'];
const BROWSER_SETUP = ['test/browser/global-setup.ts'];
const FIREFOX_SETUP = ['test/firefox/global-setup.ts'];

/** What a test waits for may take long where other work shares the cores; the runner's own limits are some seconds, and one second. */
const PATIENT = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };

/** Files that take minutes: what begins with them has no core idle at its end. */
const LONG = ['llm', 'accessibility', 'hostile-bombs', 'updates', 'served-anywhere'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`)) >>> 0;
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
        // Two files at a time: a page waits as often as it works.
        test: { name: 'browser', environment: 'node', include: ['test/browser/**/*.test.ts'], exclude: ALONE, sequence: { groupOrder: 1 }, ...PATIENT, globalSetup: BROWSER_SETUP },
      },
      {
        test: { name: 'browser-alone', environment: 'node', include: ALONE, sequence: { groupOrder: 2 }, fileParallelism: false, ...PATIENT, globalSetup: BROWSER_SETUP },
      },
      {
        test: { name: 'firefox', environment: 'node', include: ['test/firefox/**/*.test.ts'], exclude: FIREFOX_ALONE, sequence: { groupOrder: 3 }, ...PATIENT, globalSetup: FIREFOX_SETUP },
      },
      {
        test: { name: 'firefox-alone', environment: 'node', include: FIREFOX_ALONE, sequence: { groupOrder: 4 }, fileParallelism: false, ...PATIENT, globalSetup: FIREFOX_SETUP },
      },
    ],
  },
});
