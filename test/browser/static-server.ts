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
}

/** A file server that knows nothing: no headers but the type, no rewriting, no listing. What works here works on any. */
export async function serveFolder(folder: string, options: ServeOptions = {}): Promise<StaticServer> {
  const subPath = options.subPath ?? '/repo/';
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(path);
    void answer(request, response, fileFor(folder, path, { ...options.mounts, [subPath]: folder }), options.headers ?? {});
  });
  const url = await listen(server);
  return { url, subPathUrl: url.slice(0, -1) + subPath, requests, stop: () => close(server) };
}

export interface Trap {
  readonly url: string;
  /** Every request that reached it: method and path. */
  readonly hits: readonly string[];
  stop(): Promise<void>;
}

/** Another origin that welcomes everybody and writes down who came: after a run over private data it must be empty. */
export async function startTrap(): Promise<Trap> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'content-type': 'text/plain' });
    response.end('caught');
  });
  return { url: await listen(server), hits, stop: () => close(server) };
}

function fileFor(folder: string, path: string, mounts: Readonly<Record<string, string>>): string | undefined {
  const mount = Object.keys(mounts).find((prefix) => path.startsWith(prefix));
  const root = mount === undefined ? folder : mounts[mount];
  const inside = mount === undefined ? path : path.slice(mount.length - 1);
  const file = normalize(join(root, inside.endsWith('/') ? `${inside}index.html` : inside));
  return file.startsWith(normalize(root) + sep) ? file : undefined;
}

async function answer(request: IncomingMessage, response: ServerResponse, file: string | undefined, headers: Readonly<Record<string, string>>): Promise<void> {
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !found?.isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-length': found.size, ...headers });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
