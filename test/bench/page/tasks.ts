/** Work that a bench measures. Runs in a worker. */
export interface Task {
  /** Work that is not part of what is measured, such as loading a model. */
  prepare?(file: File): Promise<void>;
  /** Works through the file; what it counts on the way (`bytes`, `rows`) is checked against what is in the file. */
  run(file: File): Promise<Readonly<Record<string, number>>>;
}

export const TASK_NAMES = ['read-only', 'papaparse', 'records', 'rules', 'patterns', 'transformers', 'encoder', 'train', 'train-validated'] as const;
export type TaskName = (typeof TASK_NAMES)[number];

/** Loaded one by one, so that a worker holds nothing but the task that it runs. */
export const TASKS = {
  'read-only': () => import('./tasks/read-only.ts'),
  papaparse: () => import('./tasks/papaparse.ts'),
  records: () => import('./tasks/records.ts'),
  rules: () => import('./tasks/rules.ts'),
  patterns: () => import('./tasks/patterns.ts'),
  transformers: () => import('./tasks/transformers.ts'),
  encoder: () => import('./tasks/encoder.ts'),
  train: () => import('./tasks/train.ts'),
  'train-validated': () => import('./tasks/train-validated.ts'),
} satisfies Record<TaskName, () => Promise<{ default: Task }>>;
