import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png', '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json',
};

export interface StaticServer {
  /** Address of the root, with a slash at its end. */
  readonly url: string;
  /** The same files below a sub-path, as on a project page of GitHub Pages. */
  readonly subPathUrl: string;
  /** Paths asked for so far, in order. */
  readonly requests: readonly string[];
  /** Closes the port and every open connection. */
  stop(): Promise<void>;
}

export interface ServeOptions {
  /** Second place of the same files, with a slash at both ends. */
  readonly subPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Folders that are served below a path of their own, such as `/models/`. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** Like `npx serve`: pages are found without their `.html` and redirected to that, and answers carry an ETag that is asked about again. */
  readonly cleanUrls?: boolean;
  /** Types for pages, scripts and styles only, without which no browser takes them; all else comes without one. */
  readonly fewTypes?: boolean;
}

/** A file server that knows nothing: no headers but the type, no rewriting, no listing. What works here works on any. */
export async function serveFolder(folder: string, options: ServeOptions = {}): Promise<StaticServer> {
  const subPath = options.subPath ?? '/repo/';
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(path);
    if (options.cleanUrls === true && path.endsWith('.html')) {
      response.writeHead(301, { location: encodeURI(path.slice(0, -'.html'.length)) }).end();
      return;
    }
    const file = options.cleanUrls === true && path.endsWith('/index') ? `${path}.html` : path;
    void answer(request, response, fileFor(folder, file, { ...options.mounts, [subPath]: folder }), options);
  });
  const url = await listen(server);
  return { url, subPathUrl: url.slice(0, -1) + subPath, requests, stop: () => close(server) };
}

function fileFor(folder: string, path: string, mounts: Readonly<Record<string, string>>): string | undefined {
  const mount = Object.keys(mounts).find((prefix) => path.startsWith(prefix));
  const root = mount === undefined ? folder : mounts[mount];
  const inside = mount === undefined ? path : path.slice(mount.length - 1);
  const file = normalize(join(root, inside.endsWith('/') ? `${inside}index.html` : inside));
  return file.startsWith(normalize(root) + sep) ? file : undefined;
}

async function answer(request: IncomingMessage, response: ServerResponse, file: string | undefined, options: ServeOptions): Promise<void> {
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !found?.isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  const etag = `"${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}"`;
  const tagged = options.cleanUrls === true ? { etag } : {};
  if (options.cleanUrls === true && request.headers['if-none-match'] === etag) {
    response.writeHead(304, tagged).end();
    return;
  }
  response.writeHead(200, { ...typeOf(file, options), 'content-length': found.size, ...tagged, ...options.headers });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

function typeOf(file: string, { fewTypes = false }: ServeOptions): Record<string, string> {
  const ending = extname(file);
  if (fewTypes && !['.html', '.js', '.css'].includes(ending)) return {};
  return { 'content-type': TYPES[ending] ?? 'application/octet-stream' };
}

/** Opens a port on loopback that the system picks. Returns the address of the root, with a slash at its end. */
export function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });
}

/** Closes the port and every open connection. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
