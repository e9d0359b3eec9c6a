/** Handles by which files were picked or dropped, where the browser gives them (File System Access): a file can be read on by its handle while it grows. */
const handles = new WeakMap<File, FileSystemFileHandle>();

export function handleOf(file: File): FileSystemFileHandle | null {
  return handles.get(file) ?? null;
}

/** The file behind a handle, which is remembered. @throws what `getFile` throws */
export async function fileOf(handle: FileSystemFileHandle): Promise<File> {
  const file = await handle.getFile();
  handles.set(file, handle);
  return file;
}

interface PickerWindow {
  showOpenFilePicker?(options?: { multiple?: boolean }): Promise<FileSystemFileHandle[]>;
}

/** Whether this browser can open a file so that it can be followed. */
export function canFollow(): boolean {
  return (window as PickerWindow).showOpenFilePicker !== undefined;
}

/** Lets the person choose a file to follow; null if none was chosen. Must be called from a click. */
export async function pickFile(): Promise<File | null> {
  try {
    const [handle] = (await (window as PickerWindow).showOpenFilePicker?.()) ?? [];
    return handle === undefined ? null : await fileOf(handle);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}
