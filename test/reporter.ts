import { appendFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Where the counts of a run go; set by run.ts. */
export const COUNTS_FILE = 'TEST_COUNTS_FILE';

export interface Counts {
  passed: number;
  failed: number;
}

/** Adds one line of JSON per Vitest run: what passed and what failed. A file that does not load and an error outside any test count as failures. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const counts: Counts = { passed: 0, failed: unhandled.length };
    for (const module of modules) {
      const failedTests = [...module.children.allTests('failed')].length;
      counts.passed += [...module.children.allTests('passed')].length;
      counts.failed += failedTests;
      // A hook or an import that fails leaves the file failed without a failed test.
      if (failedTests === 0 && module.state() === 'failed') counts.failed += 1;
    }
    const file = process.env[COUNTS_FILE];
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}
