import { Failure } from '../contract/failure.ts';
import { inboxCache } from '../contract/site.ts';

/** Names of files come from other programs, and through an address' encoding: a bad one must not keep the file from being read. */
function nameIn(response: Response): string {
  try {
    return decodeURIComponent(response.headers.get('x-name') ?? '') || 'shared file';
  } catch {
    return 'shared file';
  }
}

/**
 * Files that were shared to the installed app and that the service worker put aside; they are deleted there, whether they can be read or not.
 * @param scope address of the folder of the page @throws Failure 'file-unreadable'
 */
export async function takeSharedFiles(scope: string, store: CacheStorage | undefined = globalThis.caches): Promise<File[]> {
  const lost = new Failure('file-unreadable', 'What was shared has not arrived here. Share it again, or save it as a file and drop that.');
  if (store === undefined) throw lost;
  const name = inboxCache(scope);
  try {
    const inbox = await store.open(name);
    const files: File[] = [];
    for (const request of await inbox.keys()) {
      const response = await inbox.match(request);
      // One by one: what is shared meanwhile stays for the page that is opened for it.
      await inbox.delete(request);
      if (response === undefined) continue;
      const body = await response.blob();
      files.push(new File([body], nameIn(response), { type: response.headers.get('content-type') ?? '' }));
    }
    if ((await inbox.keys()).length === 0) await store.delete(name);
    if (files.length > 0) return files;
  } catch {
    throw lost;
  }
  throw lost;
}
