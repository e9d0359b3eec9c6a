import { SENT_ON, downloadPolicy, hostsOf, isDownloadScript, reaches } from '../../contract/download-policy.ts';
import { LLM_FOLDER, LLM_LIST } from '../../contract/site.ts';
import { request } from './fetched.ts';
import { fileAt, isPage, pathOf } from './site.ts';
import type { Asked, Site } from './site.ts';
import { refused } from './refused.ts';
import { inWords, stamped } from './stamp.ts';
import { watched } from './stream.ts';

/** A path of that folder as it stands: none that, once it is decoded, leads out of it or carries a query. */
export const isOfLanguageModels = (path: string): boolean => path.startsWith(LLM_FOLDER) && !/[?#\\]/.test(path) && path.split('/').every((name) => name !== '.' && name !== '..');

/**
 * The script that downloads models, with the policy that its address asks for; only a page may start it, so that no worker that
 * deals with logs can. Any other answer stays as it is.
 */
export async function confined(site: Site, asked: Asked, path: string, response: Response): Promise<Response> {
  if (!isDownloadScript(path) || !response.ok) return response;
  const hosts = hostsOf(asked.request.url);
  if (hosts === null) return inWords(400, 'this is no list of hosts that a model could be fetched from.');
  const asker = await asked.asker();
  if (asker === undefined || !isPage(site.scope, asker)) return inWords(403, 'a model can only be fetched by the page itself.');
  response.headers.set('content-security-policy', downloadPolicy(hosts));
  return response;
}

/**
 * A request to another site that is let through: by the download worker of this build, for reading, to a host that its own
 * address names. Undefined for all others. A host may send on, from one to the next; browsers tell nobody by which ways, so what is told
 * is the host that was asked and the one where it ended, and what comes from one that is not named is not read.
 */
export async function modelFromElsewhere(site: Site, asked: Asked): Promise<Response | undefined> {
  const { method, mode, url, headers, signal } = asked.request;
  if ((method !== 'GET' && method !== 'HEAD') || mode !== 'cors') return undefined;
  const hosts = hostsOfAsker(site, await asked.asker()) ?? [];
  if (!reaches(hosts, url)) return undefined;
  const range = headers.get('range');
  const { origin, pathname, host } = new URL(url);
  const contacted = [host];
  try {
    const response = await site.fetch(new Request(url, { method, mode: 'cors', credentials: 'omit', redirect: 'follow', cache: 'no-store', referrerPolicy: 'no-referrer', signal, headers: range === null ? {} : { range } }));
    const from = response.url === '' ? url : response.url;
    if (new URL(from).host !== host) contacted.push(new URL(from).host);
    return reaches(hosts, from) ? response : sentOn(response, new URL(from).host);
  } catch {
    return Response.error();
  } finally {
    await site.tell({ winnow: 'model', address: origin + pathname, hosts: contacted });
  }
}

/**
 * A file of the folder where whoever runs the site puts models; it is no part of the build, and is kept by the page alone. All but the
 * list of them is for the download worker: whoever deals with logs could put what it read into names of files there.
 */
export async function modelOfSite(site: Site, path: string, asked: Asked): Promise<Response> {
  const { method } = asked.request;
  if (path !== LLM_LIST && hostsOfAsker(site, await asked.asker()) === null) return refused(site, asked);
  try {
    const response = await request(site, path, 'no-store', method);
    if (!response.ok || response.body === null) {
      void response.body?.cancel().catch(() => undefined);
      return response.ok ? stamped(path, null, null) : inWords(response.status, `${path} is not on the server (status ${response.status}).`);
    }
    const { stream, end } = watched(response.body, () => undefined);
    asked.after(end.then(({ bytes }) => site.tell({ winnow: 'fetched', path, bytes })));
    // A compressed answer had another length on its way.
    const said = Number(response.headers.get('content-length'));
    const answer = stamped(path, stream, said > 0 && !response.headers.has('content-encoding') ? said : null);
    // Many servers answer an unknown address with their start page and status 200.
    if (response.headers.get('content-type')?.startsWith('text/html')) answer.headers.set('content-type', 'text/html; charset=utf-8');
    return answer;
  } catch {
    return Response.error();
  }
}

/** The hosts that the download worker of this build was started for; null for anybody else. */
function hostsOfAsker({ list, scope }: Site, asker: string | undefined): readonly string[] | null {
  const path = asker === undefined || !asker.startsWith('http') ? null : pathOf(scope, asker);
  return asker === undefined || path === null || !isDownloadScript(path) || fileAt(list, path) === undefined ? null : hostsOf(asker);
}

function sentOn(response: Response, host: string): Response {
  void response.body?.cancel().catch(() => undefined);
  const answer = inWords(502, `the host sent on to ${host}, which is not allowed.`);
  answer.headers.set(SENT_ON, host);
  return answer;
}
