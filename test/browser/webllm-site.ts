import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { inject } from 'vitest';
import { close, listen } from './static-server.ts';
import type { MirrorFile } from './webllm-mirror.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' };

/** The built page with models in its folder `llm/`, that a test may change at any time. */
export interface WebllmSite {
  readonly url: string;
  /** Paths below `llm/` that were asked for, in order. */
  readonly asked: string[];
  /** Puts a model's files into a folder of its own. */
  put(name: string, files: readonly MirrorFile[]): void;
  stop(): Promise<void>;
}

export async function webllmSite(): Promise<WebllmSite> {
  const files = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const model = path.startsWith('/llm/') ? path.slice('/llm/'.length) : undefined;
    if (model !== undefined) asked.push(model);
    const bytes = model === undefined ? readFile(join(inject('dist'), path === '/' ? 'index.html' : path)) : Promise.resolve(files.get(model));
    void bytes.catch(() => undefined).then((found) => {
      if (found === undefined) response.writeHead(404).end('Not found');
      else response.writeHead(200, { 'content-type': TYPES[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream' }).end(found);
    });
  });
  const url = await listen(server);
  return {
    url, asked,
    put: (name, list) => list.forEach(({ path, bytes }) => files.set(`${name}/resolve/main/${path}`, bytes)),
    stop: () => close(server),
  };
}
