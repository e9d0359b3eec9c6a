import { hashFile } from '../../engine/llm/store/chunks.ts';
import type { ManifestLlm } from '../../engine/write/manifest.ts';
import type { LlmState } from './llm-state.svelte.ts';

type Known = Pick<LlmState, 'used' | 'answers' | 'counts' | 'check' | 'believed' | 'trusted' | 'routed' | 'reviewing'>;

/** What a manifest says of the language model; null where it has answered nothing of what is open. Files whose hash nobody knows are read. */
export async function llmFacts({ used, answers, counts, check, believed, trusted, routed, reviewing }: Known): Promise<ManifestLlm | null> {
  if (used === null || answers.size === 0) return null;
  const { model, sha256, files } = used;
  const hashed = files.filter(({ name }) => sha256[name] === undefined && Object.keys(sha256).length === 0);
  return {
    name: model.name, runtime: model.runtime, from: model.origin === 'local' ? '' : model.base, files: [
      ...Object.entries(sha256).map(([path, hash]) => ({ path, sha256: hash })),
      ...(await Promise.all(hashed.map(async (file) => ({ path: file.name, sha256: await hashOf(file) })))),
    ],
    trial: check === null ? null : { from: check.from, lines: check.lines, llm: check.llm, neighbour: check.neighbour, vote: check.vote, seed: check.seed },
    believed, trusted, routed: [...routed], reviewed: reviewing, asked: counts.asked, decided: counts.decided,
  };
}

/** Gigabytes are read once, not at every save. */
const hashes = new WeakMap<File, Promise<string>>();

/** Lower-case hex; '' where the file cannot be read any more. */
function hashOf(file: File): Promise<string> {
  const known = hashes.get(file) ?? hashFile(file, () => undefined, new AbortController().signal).catch(() => '');
  hashes.set(file, known);
  return known;
}
