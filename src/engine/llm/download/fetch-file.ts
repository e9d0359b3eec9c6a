import { SENT_ON } from '../../../contract/download-policy.ts';
import { Failure } from '../../../contract/failure.ts';
import type { LlmFile } from '../../../contract/llm.ts';
import { chunksOf } from '../store/chunks.ts';
import type { Chunks } from '../store/chunks.ts';
import type { Fetch } from './host-facts.ts';

export interface Fetching {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** Told the size that the host says, 0 where it does not. */
  readonly began: (bytes: number) => void;
  /** Waits before the next try after a connection broke (ms); the model is given up after as many without a byte. */
  readonly waits?: readonly number[];
}

const WAITS = [500, 2000, 5000] as const;
const INSTEAD = 'Or download the file with your browser and drop it here.';

/**
 * Bytes of a file from its host. Where the connection breaks it goes on from there, if the host can (RFC 9110, section 14).
 * @param file what is known of it; size 0 = nothing
 * @throws Failure 'llm-unavailable' | 'llm-refused' in words for a person; AbortError
 */
export async function* fetchFile(address: string, file: Pick<LlmFile, 'path' | 'bytes'>, fetching: Fetching): Chunks {
  const waits = fetching.waits ?? WAITS;
  let at = 0;
  let total = file.bytes;
  let tries = 0;
  for (;;) {
    const response = await ask(address, file.path, at, fetching);
    if (at === 0) {
      const said = Number(response.headers.get('content-length') ?? 0);
      if (total === 0 && said > 0) total = said;
      fetching.began(total);
    }
    try {
      for await (const chunk of body(response)) {
        fetching.signal.throwIfAborted();
        at += chunk.length;
        tries = 0;
        yield chunk;
        // What goes on past its own end is another file, perhaps without any end; the reader finds that it is too long.
        if (file.bytes > 0 && at > file.bytes) return;
      }
      // A shorter body is a broken connection; what is longer was compressed on its way, or its hash tells.
      if (at >= total) return;
    } catch (error) {
      fetching.signal.throwIfAborted();
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    }
    if (tries >= waits.length || at === 0) throw cut(address, file.path, at, total);
    await pause(waits[tries++], fetching.signal);
  }
}

/** A small file whole, as text. @throws as of `fetchFile` */
export async function textOf(chunks: Chunks, maxBytes: number): Promise<{ readonly text: string; readonly parts: readonly Uint8Array<ArrayBuffer>[] }> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Failure('llm-refused', 'A list of this model’s files is far too large to be one, so this is not a model that WebLLM can use. Nothing was kept. Choose another model.');
    parts.push(chunk);
  }
  return { text: await new Blob(parts).text(), parts };
}

async function ask(address: string, path: string, from: number, { fetch, signal }: Fetching): Promise<Response> {
  const { host } = new URL(address);
  let response: Response;
  try {
    // A range of this form needs no question beforehand (Fetch, "CORS-safelisted request-header").
    response = await fetch(address, { signal, cache: 'no-store', credentials: 'omit', headers: from > 0 ? { range: `bytes=${from}-` } : {} });
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure('llm-unavailable', `${host} could not be reached, or does not let pages of other sites read its files${error instanceof Error && error.name !== 'TypeError' ? ` (${error.message})` : ''}. Nothing was kept. Check the connection and try again. ${INSTEAD}`);
  }
  const wrong = refusal(response, host, path, from);
  if (wrong === null) return response;
  void response.body?.cancel().catch(() => undefined);
  throw wrong;
}

function refusal(response: Response, host: string, path: string, from: number): Failure | null {
  const elsewhere = response.headers.get(SENT_ON);
  if (elsewhere !== null) return new Failure('llm-refused', `${host} sends on to another host, ${elsewhere}, which is not one of those that this model names. Nothing was taken from there. ${INSTEAD}`);
  const { status } = response;
  if (status === 404 || status === 410) return new Failure('llm-unavailable', `${host} has no file ${path} at this address (status ${status}): the model was moved or renamed, or the address is mistyped. Nothing was kept. ${INSTEAD}`);
  if (status === 401 || status === 403) return new Failure('llm-unavailable', `${host} gives out ${path} only to people who are signed in there (status ${status}), often because a licence must be accepted first. Winnow does not sign in. Sign in there, download the file with your browser, and drop it here.`);
  if (status === 429) return new Failure('llm-unavailable', `${host} says that too much was fetched from it (status 429). Nothing was kept. Wait a while and try again. ${INSTEAD}`);
  if (!response.ok) return new Failure('llm-unavailable', `${host} answered with an error (status ${status}) when asked for ${path}. Nothing was kept. Try again later. ${INSTEAD}`);
  if (from > 0 && status !== 206) return new Failure('llm-unavailable', `The connection to ${host} broke, and the host cannot go on in the middle of a file. Nothing was kept. Try again. ${INSTEAD}`);
  if (response.headers.get('content-type')?.startsWith('text/html')) return new Failure('llm-refused', `${host} sent a web page in place of ${path}: the address is that of a page about the file, or you must sign in there. Nothing was kept. ${INSTEAD}`);
  return null;
}

async function* body(response: Response): Chunks {
  if (response.body !== null) yield* chunksOf(response.body);
}

function cut(address: string, path: string, at: number, total: number): Failure {
  const so = total > 0 ? `after ${at} of ${total} bytes` : `after ${at} bytes`;
  return new Failure('llm-unavailable', `The connection to ${new URL(address).host} broke ${so} of ${path}, and again at each new try. Nothing was kept. Check the connection and try again. ${INSTEAD}`);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
