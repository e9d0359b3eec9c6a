import { Failure } from '../contract/failure.ts';
import { downloadFile } from './download-file.ts';

/** Where an export goes, part by part. */
export interface Saver {
  /** The name the person chose, or the proposed one. */
  readonly name: string;
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface PickerWindow {
  showSaveFilePicker?(options: { suggestedName: string; types: readonly { description: string; accept: Record<string, readonly string[]> }[] }): Promise<FileSystemFileHandle>;
}

/**
 * Asks where to save. With a save dialog (Chromium) the file is written as it comes; else, or with `download`, its parts are
 * gathered in Blobs (which the browser keeps on disk when large) and downloaded at the end. Must be called from a click.
 * @throws AbortError if the person closes the dialog; its methods reject with Failure 'storage-full' or 'save-failed'
 */
export async function openSaver(name: string, download: boolean): Promise<Saver> {
  const picker = (window as PickerWindow).showSaveFilePicker;
  if (download || picker === undefined) return blobSaver(name);
  const handle = await picker.call(window, { suggestedName: name, types: [kindOf(name)] });
  const stream = await told(handle.name, handle.createWritable());
  return {
    name: handle.name,
    write: (bytes) => told(handle.name, stream.write(bytes as Uint8Array<ArrayBuffer>)),
    close: () => told(handle.name, stream.close()),
    abort: () => stream.abort().catch(() => undefined),
  };
}

/** What a file of this name is, for the save dialog and for the browser. */
function kindOf(name: string): { readonly description: string; readonly accept: Readonly<Record<string, readonly string[]>> } {
  return name.endsWith('.jsonl') ? { description: 'JSON lines', accept: { 'application/jsonl': ['.jsonl'] } } : { description: 'CSV', accept: { 'text/csv': ['.csv'] } };
}

/** Says in words what a file system says in codes (File System Standard, section 2: QuotaExceededError for a full disk). */
async function told<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.name === 'QuotaExceededError') {
      throw new Failure('storage-full', `“${name}” could not be saved: the disk is full. Free some space or choose another disk, and save again. Nothing of the result is lost.`);
    }
    throw new Failure('save-failed', `“${name}” could not be saved (${reason}). Choose another place and save again. Nothing of the result is lost.`);
  }
}

/** Parts are folded into one Blob from here on, so that the tab's own memory stays small. */
const FOLD_BYTES = 16 << 20;

function blobSaver(name: string): Saver {
  let parts: BlobPart[] = [];
  let size = 0;
  return {
    name,
    async write(bytes) {
      parts.push(bytes as Uint8Array<ArrayBuffer>);
      size += bytes.length;
      if (size < FOLD_BYTES) return;
      parts = [new Blob(parts)];
      size = 0;
    },
    async close() {
      downloadFile(name, parts, Object.keys(kindOf(name).accept)[0]);
      parts = [];
    },
    async abort() {
      parts = [];
    },
  };
}
