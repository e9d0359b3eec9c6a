import type { TaskName } from './tasks.ts';

export interface TaskResult {
  readonly ms: number;
  readonly counts: Readonly<Record<string, number>>;
}

declare global {
  interface Window {
    /** Runs a task in a fresh worker on the chosen file. */
    runTask(name: TaskName): Promise<TaskResult>;
  }
}

window.runTask = (name) => {
  const worker = new Worker(new URL('./task.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<TaskResult>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<TaskResult | { error: string }>) => {
      if ('error' in event.data) reject(new Error(event.data.error));
      else resolve(event.data);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ name, file: document.querySelector('input')?.files?.[0] });
  }).finally(() => worker.terminate());
};
