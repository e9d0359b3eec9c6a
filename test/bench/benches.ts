import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchGroup } from './bench.ts';
import { ensureFloorModel } from './floor-model.ts';
import { generateLog, generateMessages } from './generate-log.ts';
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

/** A bench over generated messages, all different, for encoders. */
function overMessages(task: TaskName, about: string): Bench {
  return {
    name: task,
    about,
    async run(lab) {
      const path = await generateMessages(lab.cache, lab.patterns);
      const { cold, warm, counts } = await lab.runTask(task, path);
      expectCount(task, 'patterns', counts['patterns'], lab.patterns);
      return { units: lab.patterns, bytes: statSync(path).size, cold, warm };
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
      overLog('records', 'Winnow: records, columns and times'),
      overLog('rules', 'Winnow: the same and all built-in rules, exact for every entry'),
      overLog('patterns', 'Winnow: all of it: rules, masks, keys, row store, merging, counts for the charts'),
    ],
  },
  {
    title: 'Embedding patterns (one thread)',
    unit: 'patterns',
    prepare: (cache) => ensureFloorModel(join(cache, 'floor-models')),
    benches: [
      overMessages('transformers', "transformers.js: feature-extraction pipeline with its defaults, one text per call, all 6 layers"),
      overMessages('encoder', 'Winnow: the shipped encoder, one text per call'),
    ],
  },
  {
    title: 'Training on labelled rows, 4.8 to a pattern (one thread)',
    unit: 'patterns',
    benches: [
      { ...overMessages('encoder', 'what must come first: the patterns read by the shipped encoder'), name: 'embedding' },
      overMessages('train', 'logistic regression, random forest (100 trees) and naive Bayes fitted, .onnx files and manifest written'),
      overMessages('train-validated', 'the same, after five folds by pattern and as many by row as test 400 rows'),
    ],
  },
];
