import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize, sep } from 'node:path';
import { close, listen } from './static-server.ts';

/** A server that tests change while pages of it are open. */
export interface ChangingServer {
  readonly origin: string;
  /** What it serves: folders by the path that they are at, longest first; with a slash at both ends. */
  readonly folders: Record<string, string>;
  /** Files that are other than in the folder, by path on the server. */
  readonly changed: Map<string, Uint8Array | string>;
  /** Switched off, it drops every connection without a word. */
  off: boolean;
  /** `/index.html` leads to `/`, as on some servers. */
  leadsIndexAway: boolean;
  /** Method and address of everything that was asked for. */
  readonly requests: string[];
  stop(): Promise<void>;
}

/** Sends no types but those that a browser needs to take the page before there is a service worker. */
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

export async function changingServer(folders: Record<string, string>): Promise<ChangingServer> {
  const server = createServer((request, response) => {
    if (state.off) return void request.socket.destroy();
    state.requests.push(`${request.method} ${request.url}`);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (state.leadsIndexAway && pathname.endsWith('/index.html')) return void response.writeHead(301, { location: pathname.slice(0, -'index.html'.length) }).end();
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    void bytesAt(state, path).then((bytes) => {
      response.writeHead(200, { 'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'application/x-unknown', 'content-length': bytes.length });
      response.end(request.method === 'HEAD' ? undefined : bytes);
    }).catch(() => response.writeHead(404).end('no such file'));
  });
  const url = await listen(server);
  const state: ChangingServer = {
    origin: new URL(url).origin, folders: { ...folders }, changed: new Map(), off: false, leadsIndexAway: false, requests: [], stop: () => close(server),
  };
  return state;
}

async function bytesAt({ folders, changed }: ChangingServer, path: string): Promise<Uint8Array> {
  const other = changed.get(path);
  if (other !== undefined) return Buffer.from(other);
  const place = Object.keys(folders).sort((one, two) => two.length - one.length).find((prefix) => path.startsWith(prefix));
  if (place === undefined) throw new Error('nothing is served there');
  const file = normalize(join(folders[place], path.slice(place.length)));
  if (!file.startsWith(normalize(folders[place]) + sep)) throw new Error('outside');
  return readFile(file);
}
