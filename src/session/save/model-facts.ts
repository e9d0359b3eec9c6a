import { llmFacts } from '../llm/llm-facts.ts';
import type { LanguageModel } from '../llm/language-model.ts';
import type { ModelUse } from '../model-use.svelte.ts';
import { packed } from '../teaching/bundled-models.ts';
import type { ModelFacts } from './manifest-of.ts';

/** By which models the verdicts of now were made. */
export async function modelFacts(models: ModelUse, llm: LanguageModel): Promise<ModelFacts> {
  const { info, added, lane } = models;
  return {
    backend: info?.backend ?? models.backend, threads: info?.threads ?? 0, encoder: info?.id ?? '',
    // Where the worker is gone there is nothing to ask, and nothing worth starting it for.
    models: lane.alive ? await lane.call((api) => api.files()).catch(() => []) : [],
    addedModels: (await packed(added.models)).map(({ name, sha256 }) => ({ name, sha256 })),
    languageModel: await llmFacts(llm),
  };
}
