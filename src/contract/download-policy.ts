/**
 * The one exception to the site's policy: the script that downloads language models. It is loaded by its address, which names
 * the hosts of one model (`?host=a&host=b`); the service worker serves exactly this script with a policy that allows them, and
 * lets it, and nobody else, reach them.
 */
const SCRIPT = /^assets\/llm-download\.worker-[\w-]+\.js$/;
const MAX_HOSTS = 8;
const NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?$/;
/** At least two names after the star: no whole top-level domain. */
const BELOW = /^\*\.(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/;
/** Of this computer, and so without TLS: test servers, a file server beside the browser. */
const HERE = /^(?:localhost|127\.0\.0\.1)(?::\d{1,5})?$/;

/** Tells the download worker the host that an answer came from, where that is none of those allowed. */
export const SENT_ON = 'x-winnow-sent-on';

/** @param path below the scope, as in the list of the site */
export function isDownloadScript(path: string): boolean {
  return SCRIPT.test(path);
}

/** A host as Content Security Policy and this program understand it: a name, perhaps with a port, or `*.` and a name for all below it. */
export function isHost(host: string): boolean {
  return host.length <= 255 && (NAME.test(host) || BELOW.test(host) || HERE.test(host));
}

/** The address under which the download worker is started for a model of these hosts. */
export function withHosts(script: string, hosts: readonly string[]): string {
  const url = new URL(script);
  url.search = new URLSearchParams(hosts.map((host) => ['host', host])).toString();
  return url.href;
}

/** The hosts that such an address names; null where one of them is none, or there are too many, or anything else is asked for. */
export function hostsOf(address: string): readonly string[] | null {
  const entries = [...new URL(address).searchParams];
  const hosts = entries.map(([, host]) => host);
  return entries.length <= MAX_HOSTS && entries.every(([name, host]) => name === 'host' && isHost(host)) ? hosts : null;
}

/** Whether an address is at one of the hosts, over TLS unless it is of this computer. */
export function reaches(hosts: readonly string[], address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, hostname, port, username } = new URL(address);
  if (username !== '' || (protocol !== 'https:' && !(protocol === 'http:' && HERE.test(host)))) return false;
  return hosts.some((allowed) => (allowed.startsWith('*.') ? port === '' && hostname.endsWith(allowed.slice(1)) : host === allowed));
}

/** Content Security Policy (CSP 3) of the download worker: its own script, this site, these hosts. Text becomes no script, and it starts no worker. */
export function downloadPolicy(hosts: readonly string[]): string {
  const sources = hosts.map((host) => `${HERE.test(host) ? 'http' : 'https'}://${host}`);
  return [
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", ["connect-src 'self'", ...sources].join(' '),
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
  ].join('; ');
}
