import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { close, listen } from './static-server.ts';

/** A host of language models on loopback, with the ways in which one lets people down. */
export interface LlmHost {
  /** Address of the root, with a slash at its end, and the same as a model names it. */
  readonly url: string;
  readonly host: string;
  /** Method, path and range of each request, in order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

export const MODEL_BYTES = 3_000_000;

/** Begins like a model; the rest is the same at each run. Nothing is generated with it. */
export function madeModel(bytes = MODEL_BYTES): Buffer {
  const body = Buffer.alloc(bytes);
  for (let at = 0, state = 1; at < bytes; at++) body[at] = (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
  body.write('GGUF');
  return body;
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** @param files what is there, by path; `elsewhere` is where `/sent-on/` leads */
export async function startLlmHost(files: Readonly<Record<string, Buffer | string>>, elsewhere = ''): Promise<LlmHost> {
  const asked: string[] = [];
  let cuts = 0;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const { range } = request.headers;
    asked.push(`${request.method} ${path}${range === undefined ? '' : ` ${range}`}`);
    response.setHeader('access-control-allow-origin', '*');
    const [, way] = path.split('/');
    const body = Buffer.from(files[path.slice(`/${way}/`.length)] ?? '');
    if (way === 'sent-on') response.writeHead(302, { location: elsewhere + path.slice(1) }).end();
    else if (body.length === 0) response.writeHead(404).end('not here');
    else if (way === 'page') response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>sign in');
    else if (way === 'signed-in') response.writeHead(403).end();
    else if (way === 'private') response.removeHeader('access-control-allow-origin'), response.end(body);
    else if (way === 'broken' || (way === 'broken-once' && cuts++ === 0)) cut(response, body);
    else if (way === 'slow') drip(request, response, body);
    else give(response, body, way === 'no-ranges' ? undefined : range);
  });
  const url = await listen(server);
  return { url, host: new URL(url).host, asked, stop: () => close(server) };
}

function give(response: ServerResponse, body: Buffer, range: string | undefined): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const rest = body.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...(from > 0 ? { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}) }).end(rest);
}

/** Half of it, and then the line goes dead. */
function cut(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { 'content-length': body.length });
  response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 100));
}

/** Never ends by itself. */
function drip(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { 'content-length': body.length });
  let at = 0;
  const timer = setInterval(() => response.write(body.subarray(at, (at += 20_000))), 50);
  request.on('close', () => clearInterval(timer));
  response.on('close', () => clearInterval(timer));
}
