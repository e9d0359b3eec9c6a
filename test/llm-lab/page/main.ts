import type { LlmAnswer, LlmApi, LlmQuestion, LlmReady } from '../../../src/contract/llm-api.ts';
import { Lane } from '../../../src/bridge/lane.ts';
import { startWorker } from '../../../src/bridge/start-worker.ts';
import wllamaUrl from '../../../workers/wllama.worker.ts?worker&url';

export interface LabPage {
  /** Loads the files chosen. */
  load(contextTokens: number): Promise<LlmReady>;
  ask(question: LlmQuestion): Promise<LlmAnswer>;
}

declare global {
  interface Window {
    lab: LabPage;
  }
}

const lane = new Lane<LlmApi>('asking of the language model', () => startWorker(wllamaUrl, 'wllama'));

window.lab = {
  load(contextTokens) {
    const files = [...(document.querySelector('input')?.files ?? [])];
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return lane.call((llm) => llm.load({
      model: {
        id: 'lab', name: files[0]?.name ?? '', runtime: 'wllama', origin: 'local', base: '', hosts: [], files: files.map(({ name, size }) => ({ path: name, bytes: size, sha256: '' })),
        library: '', bytes, memoryBytes: 0, parameters: 0, licence: '', reasons: false, needsF16: false,
      },
      files, contextTokens,
    }));
  },
  ask: (question) => lane.call((llm) => llm.ask(question)),
};
