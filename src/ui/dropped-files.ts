import { Failure } from '../contract/failure.ts';

interface HandleItem {
  /** File System Access: Chromium only, and only in secure contexts. */
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

export interface Dropped {
  /** In the order of their paths where folders were dropped, else as they were dropped. */
  readonly files: readonly File[];
  /** Paths of what the browser could not hand over. */
  readonly unreadable: readonly string[];
  /** Names of dropped folders in which there is no file, or none but hidden ones. */
  readonly empty: readonly string[];
}

/** A folder with more was hardly meant: somebody's whole disk takes minutes to walk through. */
const MAX_FILES = 10_000;

interface Found {
  readonly files: { readonly path: string; readonly file: File }[];
  readonly unreadable: string[];
}

/**
 * All files of a drop, those inside dropped folders included, hidden ones in folders left out. A single file comes by its handle where
 * there is one, so that it can be followed. @param fileOf gives and remembers the file behind a handle @throws Failure where there are too many
 */
export async function droppedFiles(transfer: DataTransfer, fileOf: (handle: FileSystemFileHandle) => Promise<File>): Promise<Dropped> {
  // The list of items dies with the event: all is taken out before the first await.
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const parts = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files = [...transfer.files];
  if (parts.every(({ entry }) => entry === null || entry.isFile)) {
    const handle = files.length === 1 ? await (items[0] as HandleItem | undefined)?.getAsFileSystemHandle?.().catch(() => null) : null;
    const all = handle?.kind === 'file' ? [await fileOf(handle as FileSystemFileHandle).catch(() => files[0])] : files;
    return { files: all, unreadable: [], empty: [] };
  }
  const found: Found = { files: [], unreadable: [] };
  const empty: string[] = [];
  for (const { entry, file } of parts) {
    const before = found.files.length + found.unreadable.length;
    if (entry !== null) await collect(entry, found);
    else if (file !== null) found.files.push({ path: `/${file.name}`, file });
    if (entry?.isDirectory === true && found.files.length + found.unreadable.length === before) empty.push(entry.name);
  }
  return { files: named(found.files.sort((a, b) => (a.path < b.path ? -1 : 1))), unreadable: found.unreadable, empty };
}

async function collect(entry: FileSystemEntry, found: Found): Promise<void> {
  if (found.files.length >= MAX_FILES) throw new Failure('file-unreadable', `There are more than ${MAX_FILES.toLocaleString('en')} files in what was dropped. Nothing was opened. Drop the folder that holds the logs, or some of the files in it.`);
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
      found.files.push({ path: entry.fullPath, file });
    } else for (const inner of await inside(entry as FileSystemDirectoryEntry)) await collect(inner, found);
  } catch (error) {
    if (error instanceof Failure) throw error;
    // One that may not be read keeps no other from being read.
    found.unreadable.push(entry.fullPath.replace(/^\//, ''));
  }
}

/** What a folder holds, without hidden files and folders. @throws what the browser throws where it may not look */
async function inside(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // Entries come in parts (of a hundred in Chromium); an empty part ends them.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (part.length === 0) return entries.filter(({ name }) => !name.startsWith('.'));
    entries.push(...part);
  }
}

/** Files of one name from several folders (`web1/app.log`, `web2/app.log`) are told apart by their paths. */
function named(found: Found['files']): File[] {
  const times = new Map<string, number>();
  for (const { file } of found) times.set(file.name, (times.get(file.name) ?? 0) + 1);
  return found.map(({ path, file }) => (times.get(file.name) === 1 ? file : new File([file], path.replace(/^\//, ''), { type: file.type, lastModified: file.lastModified })));
}
