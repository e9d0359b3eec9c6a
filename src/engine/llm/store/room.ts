import { Failure } from '../../../contract/failure.ts';
import { sizeInWords } from '../size-in-words.ts';

/** What is used of `navigator.storage`; some browsers lack parts of it. */
export type Estimates = Partial<Pick<StorageManager, 'estimate'>>;

/** Bytes that this site may still store; null where the browser does not tell. */
async function freeBytes(storage: Estimates): Promise<number | null> {
  const { quota, usage } = (await storage.estimate?.().catch(() => null)) ?? {};
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}

/** @throws Failure 'storage-full' where so many bytes will surely not fit */
export async function demandRoom(bytes: number, storage: Estimates): Promise<void> {
  const free = await freeBytes(storage);
  if (free !== null && free < bytes) throw full(bytes, free);
}

/** What storage says when it is full, or does not want to, in words for a person. Other failures are passed on. */
export function storageFailure(error: unknown): unknown {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return full(0, null);
  if (['NotAllowedError', 'SecurityError', 'InvalidStateError', 'NoModificationAllowedError', 'UnknownError'].includes(name)) {
    return new Failure('save-failed', `This browser did not let the page keep the model (${error instanceof Error ? error.message : name}). In a private window it never does. You can still open a model’s file from this computer each time.`);
  }
  return error;
}

export function full(wanted: number, free: number | null): Failure {
  const needs = wanted > 0 ? `The model takes ${sizeInWords(wanted)}` : 'The model is larger than what is left';
  const has = free === null ? 'this browser has no room for it' : `this browser gives this site room for ${sizeInWords(free)} more`;
  return new Failure('storage-full', `${needs}, and ${has}. Nothing of it was kept. Free some space on this computer, delete another model, or choose a smaller one.`);
}
