import { onLaunchedFiles } from '../bridge/launched-files.ts';
import { takeSharedFiles } from '../bridge/shared-files.ts';

export interface ArrivalParts {
  /** Files for the page to open, and the names of those that could not be read. */
  readonly take: (files: readonly File[], how: 'opened' | 'shared', unreadable: readonly string[]) => void;
  readonly report: (error: unknown) => void;
}

/** Files that come from outside the page: those that the installed app is opened with, and those that are shared to it. Never rejects. */
export async function awaitArrivals({ take, report }: ArrivalParts): Promise<void> {
  onLaunchedFiles(({ files, unreadable }) => take(files, 'opened', unreadable));
  const here = new URL(location.href);
  const shared = here.searchParams.has('shared');
  if (!shared && !here.searchParams.has('opened')) return;
  // Said once: a page that is reloaded must not look for the files again.
  for (const word of ['shared', 'opened']) here.searchParams.delete(word);
  history.replaceState(history.state, '', here);
  if (!shared) return;
  try {
    take(await takeSharedFiles(new URL('./', here).href), 'shared', []);
  } catch (error) {
    report(error);
  }
}
