import { downloadModel, whyNoDownload } from '../../bridge/llm-download.ts';
import { fetchSiteModels, keepFile, keepFolder, openStored, removeStored, storedModels } from '../../bridge/llm-store.ts';
import { Failure } from '../../contract/failure.ts';
import { CATALOGUE } from '../../engine/llm/catalogue.ts';
import { ggufModel, ownModel } from '../../engine/llm/own-model.ts';
import type { LlmOpened, LlmShelf } from './llm-parts.ts';

/** The real shelf: the list that the program carries, this site's, and what this browser keeps. Nothing is asked of any other host but by `fetch`. */
export function llmShelf(): LlmShelf {
  return {
    stored: storedModels,
    listed: CATALOGUE,
    siteModels: fetchSiteModels,
    noFetching: whyNoDownload,
    ownModel,
    take: async (files, onStep, signal) => {
      if (files.some(({ name }) => name === 'mlc-chat-config.json')) {
        const { model, sha256 } = await keepFolder(files, onStep, signal);
        return { model, sha256, files: [] };
      }
      return ggufOf(files);
    },
    open: async (stored, onStep, signal) => ({ model: stored.model, sha256: stored.sha256, files: await openStored(stored.model.id, onStep, signal) }),
    keep: ({ model, files: [file] }, onStep, signal) => keepFile(model, file, onStep, signal),
    remove: ({ model }) => removeStored(model.id),
    fetch: async (model, onStep, signal) => {
      await downloadModel(model, onStep, signal);
      const stored = (await storedModels()).find(({ model: { id } }) => id === model.id);
      if (stored === undefined) throw new Failure('llm-refused', `${model.name} was fetched, but this browser has not kept it. Check that it may store data for this site and that there is room, then fetch it again.`);
      return stored;
    },
  };
}

/** A GGUF or all its parts, in order. @throws Failure 'llm-refused' */
async function ggufOf(files: readonly File[]): Promise<LlmOpened> {
  const parts = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const others = files.filter(({ name }) => !/\.gguf$/i.test(name));
  if (parts.length === 0 || (others.length > 0 && (files.length > 1 || !(await isGguf(files[0]))))) {
    throw new Failure('llm-refused', `${others.length === 1 ? `“${others[0].name}” is` : 'These files are'} no language model that can be used here. Choose a file that ends in .gguf, or the folder of a model for WebLLM with all its files.`);
  }
  const bytes = parts.reduce((sum, { size }) => sum + size, 0);
  const model = ggufModel(parts[0].name, bytes);
  return { model: { ...model, files: parts.map(({ name, size }) => ({ path: name, bytes: size, sha256: '' })) }, files: parts, sha256: {} };
}

/** Whether it begins like one, whatever its name. */
async function isGguf(file: File): Promise<boolean> {
  return (await file.slice(0, 4).text().catch(() => '')) === 'GGUF';
}
