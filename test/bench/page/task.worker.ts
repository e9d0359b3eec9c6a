import { TASKS } from './tasks.ts';
import type { TaskName } from './tasks.ts';

self.onmessage = async (event: MessageEvent<{ name: TaskName; file: File }>) => {
  try {
    const task = (await TASKS[event.data.name]()).default;
    await task.prepare?.(event.data.file);
    const start = performance.now();
    const counts = await task.run(event.data.file);
    self.postMessage({ ms: performance.now() - start, counts });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
