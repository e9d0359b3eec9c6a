import type { Traffic } from '../../contract/site.ts';
import { bytes, plural } from '../format.ts';

/** What of that was for a language model, and from where. */
function elsewhereWords({ elsewhere, forModel }: Traffic): string {
  if (forModel === undefined) return `To other sites: ${elsewhere}.`;
  const { requests, hosts } = forModel;
  return `To other sites: ${elsewhere} (${requests < elsewhere ? `${requests} of them for ` : ''}the language model you asked for, from ${hosts.join(', ')}).`;
}

/** "37 MB": whole megabytes where more would only flicker. */
export const size = (n: number): string => (n >= 9_950_000 && n < 999_500_000 ? `${Math.round(n / 1e6)} MB` : bytes(n));

/** Bytes: the program is less, loaded twice at a first visit. What is more are models, which may have come to be kept and not have run yet. */
const PROGRAM_MOST = 4_000_000;

/** What went over the network, as one sentence each; `model`: whether one runs. */
export function trafficWords(traffic: Traffic, model: boolean): { readonly elsewhere: string; readonly here: string; readonly sent: string; readonly stopped: string } {
  const { downloads, bytes: loaded, refused, sent, by } = traffic;
  if (by === 'nothing') return { elsewhere: 'To other sites: nothing may go there.', here: 'This browser does not count for the page.', sent: '', stopped: '' };
  const what = model || loaded > PROGRAM_MOST ? 'program and model' : 'program';
  return {
    elsewhere: elsewhereWords(traffic),
    here: downloads === 0 ? 'From this site: 0 downloads (all of it was kept in this browser).' : `From this site: ${plural(downloads, 'download')}, ${size(loaded)} (${what}).`,
    // The browser's list does not have what is sent: a number would claim a count.
    sent: by === 'browser' ? 'Sent: nothing (not counted here).' : `Sent: ${sent === 1 ? '1 byte' : size(sent)}.`,
    stopped: refused === 0 ? '' : refused === 1 ? '1 attempt was stopped.' : `${plural(refused, 'attempt')} were stopped.`,
  };
}

/** Who counted that, and how far it can be relied on. */
export function whoCounts(by: Traffic['by'], later: boolean): string {
  if (by === 'service-worker') return 'Counted by the service worker: a small program of this site in your browser. Every request of the page and of its workers goes through it (on a first visit, from the moment it started), and it lets none through to another site, and none that carries anything. One exception: a language model that you ask for comes from the hosts you were told, through a worker that is given nothing of your logs. A host may send the download on, and the page can name only where it ended.';
  if (by === 'browser') return `Counted from the browser’s own list of what the page and its workers loaded. What is sent is not on that list. This program sends nothing; the steps below show how to see for yourself.${later ? ' From your next visit on, the service worker sees every request itself.' : ''}`;
  return 'Nothing can count here: neither a service worker nor the browser’s list of requests is there for this page. The three steps below show how to see for yourself.';
}
