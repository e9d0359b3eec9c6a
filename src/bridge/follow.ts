import type { LlmDownloadStep, OnLlmStep } from '../contract/llm-api.ts';
import type { Lane } from './lane.ts';

/** How often to ask how far a long job is (ms). */
const ASK_MS = 200;

/** What can be followed: says how far it is, and can be stopped. */
interface Followed {
  progress(): Promise<LlmDownloadStep>;
  stop(): Promise<void>;
}

/** Runs a long job of a worker, asks how far it is, and stops it when the signal says so. */
export async function follow<Api extends Followed, T>(worker: Lane<Api>, work: Parameters<typeof worker.call<T>>[0], onStep: OnLlmStep, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  const ask = (): void => void worker.call((api) => (api as unknown as Followed).progress()).then(onStep, () => undefined);
  const stop = (): void => void worker.call((api) => (api as unknown as Followed).stop()).catch(() => undefined);
  const timer = setInterval(ask, ASK_MS);
  signal?.addEventListener('abort', stop);
  try {
    return await worker.call(work);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
  }
}
