import { statSync } from 'node:fs';
import type { Bench, BenchGroup } from './bench.ts';
import { generateLog } from './generate-log.ts';
import type { TaskName } from './page/tasks.ts';

/**
 * A bench over the generated CSV, run in a worker in Chromium. To add one: a file in page/tasks/, a line in
 * page/tasks.ts, a line here.
 */
function overLog(task: TaskName, about: string): Bench {
  return {
    name: task,
    about,
    async run(lab) {
      const path = await generateLog(lab.cache, lab.rows);
      const bytes = statSync(path).size;
      const { cold, warm, counts } = await lab.runTask(task, path);
      expectCount(task, 'bytes', counts['bytes'], bytes);
      expectCount(task, 'rows', counts['rows'], lab.rows);
      return { units: lab.rows, bytes, cold, warm };
    },
  };
}

/** A bench that skipped work has no time worth printing. Counts that a task does not report are not checked. */
function expectCount(task: string, what: string, got: number | undefined, want: number): void {
  if (got !== undefined && got !== want) throw new Error(`${task}: ${got} ${what} instead of ${want}`);
}

export const GROUPS: readonly BenchGroup[] = [
  {
    title: 'Reading a CSV',
    unit: 'rows',
    benches: [
      overLog('read-only', 'every byte read into one reused 1 MB buffer, nothing done with it'),
      overLog('papaparse', 'Papa Parse splits every record, rows dropped'),
    ],
  },
];
