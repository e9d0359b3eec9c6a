import type { TaskName } from './page/tasks.ts';

/** What one run measured. Times in milliseconds, taken where the work is done. */
export interface Sample {
  /** Rows or patterns worked through. */
  readonly units: number;
  readonly bytes: number;
  /** First run in a fresh tab or process. */
  readonly cold: number;
  /** Second run in the same one. */
  readonly warm: number;
}

/** What a bench is given: the sizes asked for, and a browser to run tasks in. */
export interface Lab {
  readonly rows: number;
  readonly patterns: number;
  /** Folder for generated input, kept between runs. */
  readonly cache: string;
  /** Runs a task of the bench page twice in a fresh tab, each time in a fresh worker, on a file from disk. */
  runTask(task: TaskName, path: string): Promise<TaskRun>;
}

export interface TaskRun {
  readonly cold: number;
  readonly warm: number;
  /** What the task counted on its way, to check that it did its work. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  run(lab: Lab): Promise<Sample>;
}

/** Benches whose times can be compared: each is printed as a multiple of the floor, measured in the same rounds. */
export interface BenchGroup {
  readonly title: string;
  readonly unit: 'rows' | 'patterns';
  /** What the group needs before it can run. */
  readonly prepare?: (cache: string) => void;
  /** First the floor. */
  readonly benches: readonly [Bench, ...Bench[]];
}
