import { createSHA256 } from 'hash-wasm';
import type { ModelFile, ModelManifest } from '../../contract/model.ts';
import { Failure } from '../../contract/failure.ts';

/** `fetch`, or in Node a function that reads from disk. */
export type Fetcher = (url: string) => Promise<Response>;
/** Files of two builds have the same address: what the browser kept is used only after the server said that it still is the same. */
export const revalidated: Fetcher = (url) => fetch(url, { cache: 'no-cache' });
export type OnBytes = (received: number, total: number) => void;

const HOW_TO_REPAIR = 'Put the folder "models" of this version on the server again, complete and unchanged, then reload.';
const OR_UPDATED = 'If the site was updated since this page was opened: where the page offers a new version, choose “Use it now”; else save your work and reload the page.';

/**
 * Reads manifest.json. @param base address of the models folder, ending in "/"
 * @param sha256 of the manifest that this build was made with, lower-case hex: the models of another build are refused then
 * @throws Failure 'model-missing' or 'model-tampered'
 */
export async function fetchManifest(base: string, fetcher: Fetcher = revalidated, sha256?: string): Promise<ModelManifest> {
  const response = await request(base + 'manifest.json', 'models/manifest.json', fetcher);
  const bytes = new Uint8Array(await response.arrayBuffer().catch(() => new ArrayBuffer(0)));
  if (sha256 !== undefined && (await createSHA256()).update(bytes).digest('hex') !== sha256) throw tampered('models/manifest.json', 'it is not the one of this version');
  const manifest = parsed(bytes);
  if (!isManifest(manifest)) throw new Failure('model-tampered', `models/manifest.json is not a manifest of this version. ${HOW_TO_REPAIR}`);
  return manifest;
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(json));
  } catch {
    return undefined;
  }
}

/**
 * Reads one file of the manifest, checking size and SHA-256 while it streams. The hash comes from a library
 * because `crypto.subtle` is missing on plain http.
 * @param onBytes called after each chunk
 * @throws Failure 'model-missing' or 'model-tampered'
 */
export async function fetchModelFile(
  base: string, manifest: ModelManifest, path: string, onBytes?: OnBytes, fetcher: Fetcher = revalidated,
): Promise<Uint8Array> {
  const entry = manifest.files.find((file) => file.path === path);
  if (entry === undefined) throw new Failure('model-missing', `models/manifest.json does not list ${path}. ${HOW_TO_REPAIR}`);
  return fetchChecked(base + path, { ...entry, path: `models/${path}` }, onBytes, fetcher);
}

/**
 * Reads a file of known size and content, checking both while it streams.
 * @param file its path is what messages name
 * @throws Failure 'model-missing' or 'model-tampered'
 */
export async function fetchChecked(
  url: string, file: Pick<ModelFile, 'path' | 'bytes' | 'sha256'>, onBytes?: OnBytes, fetcher: Fetcher = revalidated,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(url, file.path, fetcher);
  const hash = await createSHA256();
  const bytes = await receive(response, file, (chunk, received) => {
    hash.update(chunk);
    onBytes?.(received, file.bytes);
  });
  if (hash.digest('hex') !== file.sha256) throw tampered(file.path, 'its content is not the one this page was built with');
  return bytes;
}

async function request(url: string, path: string, fetcher: Fetcher): Promise<Response> {
  let response: Response;
  try {
    response = await fetcher(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('model-missing', `${path} could not be loaded: the server does not answer (${reason}). Check the connection or start the server, then reload.`);
  }
  if (response.status >= 500) throw new Failure('model-missing', `${path} could not be loaded: the server answers with an error (status ${response.status}). Try again in a while. ${OR_UPDATED}`);
  if (!response.ok) throw new Failure('model-missing', `${path} is not on the server (status ${response.status}). ${HOW_TO_REPAIR}`);
  // Many servers answer an unknown address with their start page and status 200.
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new Failure('model-missing', `${path} is not on the server, which sent a web page instead. ${HOW_TO_REPAIR}`);
  }
  return response;
}

async function receive(
  response: Response, { path, bytes }: Pick<ModelFile, 'path' | 'bytes'>, onChunk: (chunk: Uint8Array, received: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const data = new Uint8Array(bytes);
  let received = 0;
  const reader = response.body?.getReader();
  if (reader === undefined) throw tampered(path, 'it is empty');
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (received + value.length > bytes) throw tampered(path, `it is larger than ${bytes} bytes`);
      data.set(value, received);
      received += value.length;
      onChunk(value, received);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('model-missing', `${path} stopped loading after ${received} of ${bytes} bytes. Check the connection and reload.`);
  } finally {
    // Stops the transfer if we left early; without effect after the last byte.
    void reader.cancel().catch(() => undefined);
  }
  if (received !== bytes) throw tampered(path, `it has ${received} bytes instead of ${bytes}`);
  return data;
}

function tampered(path: string, what: string): Failure {
  return new Failure('model-tampered', `${path} was refused: ${what}. ${OR_UPDATED} If not: ${HOW_TO_REPAIR}`);
}

function isManifest(value: unknown): value is ModelManifest {
  if (typeof value !== 'object' || value === null) return false;
  const { version, files } = value as Partial<ModelManifest>;
  return version === 1 && Array.isArray(files) && files.every(isModelFile);
}

function isModelFile(value: unknown): value is ModelFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, bytes, sha256, licence, origin } = value as Partial<ModelFile>;
  return typeof path === 'string' && isPlainPath(path)
    && typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= MAX_BYTES
    && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
    && typeof licence === 'string' && typeof origin === 'string';
}

/** Memory is set aside before the first byte arrives, so a manifest cannot ask for more than this. */
const MAX_BYTES = 2 ** 30;

/** Relative, downwards only: `encoder/tokenizer.json`, never `../x`, `/x` or an address. */
function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => /^[\w-][\w.-]*$/.test(part));
}
