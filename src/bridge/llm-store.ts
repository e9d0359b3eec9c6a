import type { LlmModel, LlmStored } from '../contract/llm.ts';
import type { LlmStoreApi, OnLlmStep } from '../contract/llm-api.ts';
import storeUrl from '../../workers/llm-store.worker.ts?worker&url';
import { follow } from './follow.ts';
import { Lane } from './lane.ts';
import { startWorker } from './start-worker.ts';

/** Started at the first call, and let go again where nothing of it is wanted. */
const lane = new Lane<LlmStoreApi>('keeping of language models', () => startWorker(storeUrl, 'llm-store'), 'What was kept whole stays; try again.');

const NOBODY: OnLlmStep = () => undefined;

/** Models that are kept in this browser, by name; also clears away what did not become one. @throws Failure 'llm-unavailable' where none can be kept */
export function storedModels(): Promise<readonly LlmStored[]> {
  return lane.call((api) => api.stored());
}

/** Keeps a copy of a GGUF of this computer. @throws Failure 'llm-refused' | 'storage-full' | 'save-failed' | 'llm-unavailable'; AbortError, and then nothing stays */
export function keepFile(model: LlmModel, file: File, onStep: OnLlmStep = NOBODY, signal?: AbortSignal): Promise<LlmStored> {
  return watched((api) => api.keepFile(model, file), onStep, signal);
}

/** Keeps the files of a WebLLM model that a person chose as a folder, so that it loads without a network. @throws as of `keepFile` */
export function keepFolder(files: readonly File[], onStep: OnLlmStep = NOBODY, signal?: AbortSignal): Promise<LlmStored> {
  const named = files.map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }));
  return watched((api) => api.keepFolder(named, scope()), onStep, signal);
}

/** The GGUF files of a kept model, none for WebLLM; each was checked against size and hash. @throws Failure 'llm-refused' where one was altered; AbortError */
export function openStored(id: string, onStep: OnLlmStep = NOBODY, signal?: AbortSignal): Promise<readonly File[]> {
  return watched((api) => api.open(id), onStep, signal);
}

export function removeStored(id: string): Promise<void> {
  return lane.call((api) => api.remove(id));
}

/** Deletes all kept models. @throws Failure 'llm-unavailable' while one is being fetched */
export function removeAllStored(): Promise<void> {
  return lane.call((api) => api.removeAll());
}

/** Models that whoever runs this site offers beside it; none where there is no list. @throws Failure 'llm-refused' | 'llm-unavailable' */
export function fetchSiteModels(): Promise<readonly LlmModel[]> {
  return lane.call((api) => api.siteModels(scope()));
}

const scope = (): string => new URL('./', document.baseURI).href;

function watched<T>(work: (api: LlmRemote) => Promise<T>, onStep: OnLlmStep, signal: AbortSignal | undefined): Promise<T> {
  return follow(lane, work, onStep, signal);
}

type LlmRemote = Parameters<Parameters<typeof lane.call>[0]>[0];
