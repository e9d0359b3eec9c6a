import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { close, listen } from './static-server.ts';

/** Another origin on loopback that welcomes everybody and counts all that arrives: requests, connections without one, packets. */
export interface LeakTrap {
  /** Address of the root, with a slash at its end. */
  readonly url: string;
  /** Path of every request, web sockets' included, in order. */
  readonly hits: readonly string[];
  /** Connections, of which each carries any number of requests, or none. */
  readonly connections: () => number;
  /** Port for packets (WebRTC, WebTransport), and how many came. */
  readonly port: number;
  readonly packets: () => number;
  stop(): Promise<void>;
}

/** Each path answers with what was asked for by its extension, so that what is let through also works. */
const BODIES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  js: ['text/javascript', 'globalThis.caught = true;'],
  css: ['text/css', 'body { color: red }'],
  html: ['text/html', '<!doctype html><title>caught</title>'],
  events: ['text/event-stream', 'data: caught\n\n'],
  svg: ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
};

export async function startLeakTrap(): Promise<LeakTrap> {
  const hits: string[] = [];
  let connections = 0;
  let packets = 0;
  const server = createServer((request, response) => {
    hits.push((request.url ?? '').slice(1));
    const [type, body] = BODIES[new URL(request.url ?? '/', 'http://trap').pathname.split('.').at(-1) ?? ''] ?? ['text/plain', 'caught'];
    response.writeHead(200, {
      'content-type': type, 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'cross-origin-resource-policy': 'cross-origin',
    });
    response.end(body);
  });
  server.on('connection', () => connections++);
  server.on('upgrade', (request, socket) => {
    hits.push((request.url ?? '').slice(1));
    socket.destroy();
  });
  const url = await listen(server);
  const udp = createSocket('udp4').on('message', () => packets++);
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  return {
    url, hits, connections: () => connections, port: udp.address().port, packets: () => packets,
    stop() {
      udp.close();
      return close(server);
    },
  };
}
