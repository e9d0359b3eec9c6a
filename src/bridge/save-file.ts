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
 * @throws AbortError if the person closes the dialog
 */
export async function openSaver(name: string, download: boolean): Promise<Saver> {
  const picker = (window as PickerWindow).showSaveFilePicker;
  if (download || picker === undefined) return blobSaver(name);
  const handle = await picker.call(window, { suggestedName: name, types: [{ description: 'CSV', accept: { 'text/csv': ['.csv'] } }] });
  const stream = await handle.createWritable();
  return {
    name: handle.name,
    write: (bytes) => stream.write(bytes as Uint8Array<ArrayBuffer>),
    close: () => stream.close(),
    abort: () => stream.abort().catch(() => undefined),
  };
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
      const address = URL.createObjectURL(new Blob(parts, { type: 'text/csv' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = name;
      link.click();
      // The download has its own reference once it has begun; a minute is ample.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      parts = [];
    },
    async abort() {
      parts = [];
    },
  };
}
