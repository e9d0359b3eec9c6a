interface HandleItem {
  /** File System Access: Chromium only, and only in secure contexts. */
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** All files of a drop, those inside dropped folders included, in the order of their paths. A single file comes by its handle where there is one, so that it can be followed. @param fileOf gives and remembers the file behind a handle */
export async function droppedFiles(transfer: DataTransfer, fileOf: (handle: FileSystemFileHandle) => Promise<File>): Promise<File[]> {
  // The list of items dies with the event: entries are taken out before the first await.
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  const files = [...transfer.files];
  if (entries.every((entry) => entry === null || entry.isFile)) {
    const handle = files.length === 1 ? await (items[0] as HandleItem | undefined)?.getAsFileSystemHandle?.().catch(() => null) : null;
    return handle?.kind === 'file' ? [await fileOf(handle as FileSystemFileHandle).catch(() => files[0])] : files;
  }
  const found: { path: string; file: File }[] = [];
  for (const entry of entries) if (entry !== null) await collect(entry, found);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ file }) => file);
}

async function collect(entry: FileSystemEntry, found: { path: string; file: File }[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    if (!file.name.startsWith('.')) found.push({ path: entry.fullPath, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A directory reader hands out its entries in parts; an empty part ends them.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (part.length === 0) return;
    for (const inner of part) await collect(inner, found);
  }
}
