import { modelsBase } from '../bridge/model.ts';
import type { ModelLimits } from '../contract/model-limits.ts';
import { LIMITS_PATH, readLimits } from '../engine/classify/limits-file.ts';
import { fetchManifest, fetchModelFile, revalidated } from '../engine/embed/model-files.ts';
import type { Fetcher } from '../engine/embed/model-files.ts';

/** Put in by the build: SHA-256 of the models' manifest. */
declare const __MANIFEST_SHA256__: string | undefined;
const MANIFEST: string | undefined = typeof __MANIFEST_SHA256__ === 'string' ? __MANIFEST_SHA256__ : undefined;

/**
 * The shipped models' measured limits, checked like every file of the models. Two small files and no worker, since the help is also
 * opened before a model is needed. @param sha256 of the manifest that this build was made with
 * @throws Failure 'model-missing', 'model-tampered' or 'model-runtime', in words for a person
 */
export async function fetchModelLimits(base: string, fetcher: Fetcher = revalidated, sha256: string | undefined = MANIFEST): Promise<ModelLimits> {
  const manifest = await fetchManifest(base, fetcher, sha256);
  return readLimits(await fetchModelFile(base, manifest, LIMITS_PATH, undefined, fetcher));
}

let loaded: Promise<ModelLimits> | null = null;

/** Those of this page, fetched once; after a failure again. @throws as `fetchModelLimits` */
export function modelLimits(): Promise<ModelLimits> {
  return (loaded ??= fetchModelLimits(modelsBase()).catch((error: unknown) => {
    loaded = null;
    throw error;
  }));
}
