import type { Room } from './llm-words.ts';

/** What this browser tells of memory and free storage. Never rejects. */
export async function lookAtRoom(): Promise<Room> {
  const { deviceMemory } = navigator as { deviceMemory?: unknown };
  const memory = typeof deviceMemory === 'number' ? deviceMemory * 2 ** 30 : NaN;
  try {
    const { quota = NaN, usage = 0 } = await navigator.storage.estimate();
    return { free: quota - usage, memory };
  } catch {
    // Not offered here (plain http), or not told.
    return { free: NaN, memory };
  }
}
