import { fileOf } from './file-handles.ts';

/** App launch (W3C Web App Launch Handler): how an installed app is told which files it was opened with. Chromium only. */
interface LaunchParams {
  readonly files?: readonly FileSystemHandle[];
}
interface LaunchWindow {
  readonly launchQueue?: { setConsumer(consumer: (params: LaunchParams) => void): void };
}

/** What the installed app was opened with. */
export interface Launched {
  /** By their handles, so that they can be followed. */
  readonly files: readonly File[];
  /** Names of those that could not be read. */
  readonly unreadable: readonly string[];
}

/** Takes the files with which the system opens the installed app, now and later. Does nothing where there is no such thing. */
export function onLaunchedFiles(take: (launched: Launched) => void): void {
  (window as LaunchWindow).launchQueue?.setConsumer(({ files = [] }) => {
    void filesOf(files).then((launched) => { if (files.length > 0) take(launched); });
  });
}

async function filesOf(handles: readonly FileSystemHandle[]): Promise<Launched> {
  const files: File[] = [];
  const unreadable: string[] = [];
  for (const handle of handles) {
    const file = handle.kind === 'file' ? await fileOf(handle as FileSystemFileHandle).catch(() => null) : null;
    if (file === null) unreadable.push(handle.name);
    else files.push(file);
  }
  return { files, unreadable };
}
