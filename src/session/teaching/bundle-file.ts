import { Failure, failureCode } from '../../contract/failure.ts';
import { BUNDLE_ENDING } from '../../engine/bundle/bundle.ts';
import { BUNDLE_BYTES_MAX } from '../../engine/bundle/limits.ts';
import { BUNDLE_HEAD_BYTES, looksLikeBundle } from '../../engine/bundle/read-bundle.ts';
import { plainFileName } from '../save-run.ts';

/** Whether a file is a bundle rather than a log: by its name, or by what it begins with. Never rejects. */
export async function isBundleFile(file: File): Promise<boolean> {
  if (file.name.toLowerCase().endsWith(BUNDLE_ENDING)) return true;
  try {
    return looksLikeBundle(new Uint8Array(await file.slice(0, BUNDLE_HEAD_BYTES).arrayBuffer()));
  } catch {
    return false;
  }
}

/** @throws Failure 'bundle-refused' | 'file-unreadable' */
export async function bundleBytes(file: File): Promise<Uint8Array> {
  if (file.size > BUNDLE_BYTES_MAX) throw new Failure('bundle-refused', `The bundle was refused, and nothing was changed: it is larger than ${BUNDLE_BYTES_MAX >> 20} MiB.`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Failure('file-unreadable', `“${file.name}” cannot be read any more. Choose it again.`);
  }
}

/** The same refusal, with the name of the file. @throws always */
export function refuseFile({ name }: { readonly name: string }, error: unknown): never {
  if (failureCode(error) !== 'bundle-refused' || !(error instanceof Error)) throw error;
  throw new Failure('bundle-refused', error.message.replace(/^The bundle/, () => `“${name}”`));
}

/** "logs.csv" → "logs.winnow.json"; without a file, the day: "taught-2025-01-31.winnow.json". */
export function bundleName(files: readonly { readonly name: string }[], now: Date): string {
  const stem = files.length === 1 ? plainFileName(files[0].name).replace(/\.(csv|tsv|txt|log|jsonl?|ndjson)$/i, '') : '';
  return `${stem === '' ? `taught-${now.toISOString().slice(0, 10)}` : stem}${BUNDLE_ENDING}`;
}
