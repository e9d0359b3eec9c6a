import type { LlmApi } from '../contract/llm-api.ts';
import type { LlmRuntime } from '../contract/llm.ts';
import webllmUrl from '../../workers/webllm.worker.ts?worker&url';
import wllamaUrl from '../../workers/wllama.worker.ts?worker&url';
import { Lane } from './lane.ts';
import { startWorker } from './start-worker.ts';

/** Addresses only: no byte of a runtime is fetched before its lane is called. */
const SCRIPTS: Readonly<Record<LlmRuntime, string>> = { wllama: wllamaUrl, webllm: webllmUrl };

/**
 * The worker with one runtime for language models. Cancel policy: `stop` interrupts an answer; loading is given up by terminating
 * the lane, which also frees the memory of the model. The next call starts a worker that has nothing loaded.
 */
export function llmLane(runtime: LlmRuntime): Lane<LlmApi> {
  return new Lane<LlmApi>('asking of the language model', () => startWorker(SCRIPTS[runtime], runtime), 'What was decided stays; load the model again to go on.');
}
