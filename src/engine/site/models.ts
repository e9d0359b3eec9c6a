import type { SiteFile } from '../../contract/site.ts';
import { request, wrongAnswer } from './fetched.ts';
import { keep } from './kept.ts';
import type { Asked, Site } from './site.ts';
import { inWords, stamped } from './stamp.ts';
import { watched } from './stream.ts';

/**
 * A model from the server, passed on as it arrives, so that the page can show progress; a copy is checked and kept afterwards,
 * unless the page asked with `no-store`, since it keeps the file itself then. The page checks what it is given.
 */
export async function streamed(site: Site, file: SiteFile, { request: { cache }, after }: Asked): Promise<Response> {
  const own = cache === 'no-store';
  let response: Response;
  try {
    response = await request(site, file.path, own ? 'no-store' : 'no-cache');
  } catch {
    return Response.error();
  }
  const wrong = wrongAnswer(file, response);
  if (wrong !== null) {
    void response.body?.cancel().catch(() => undefined);
    return inWords(response.ok ? 404 : response.status, wrong);
  }
  if (response.body === null) return stamped(file.path, null, 0);
  const copy = own ? null : new Uint8Array(file.bytes);
  const { stream, end } = watched(response.body, (chunk, at) => {
    if (copy !== null && at + chunk.length <= copy.length) copy.set(chunk, at);
  });
  after(end.then(async ({ bytes, whole }) => {
    await site.tell({ winnow: 'fetched', path: file.path, bytes });
    if (copy === null || !whole || bytes !== copy.length || (await site.sha256(copy)) !== file.sha256) return;
    // No room: the page has the file, the next one fetches it again.
    await keep(site, file, copy).catch(() => undefined);
  }));
  return stamped(file.path, stream, null);
}
