import { Failure } from '../../../contract/failure.ts';
import type { LlmFile, LlmModel, LlmStored } from '../../../contract/llm.ts';
import type { LlmDownloadApi, LlmDownloaded, LlmDownloadStep } from '../../../contract/llm-api.ts';
import { hashed } from '../store/chunks.ts';
import type { Chunks, Passed } from '../store/chunks.ts';
import type { LlmPlace } from '../store/place.ts';
import { isFilePath, isModel, parsed } from '../store/read-model.ts';
import { keepModel, readRecord } from '../store/records.ts';
import type { Keeping } from '../store/records.ts';
import { demandRoom } from '../store/room.ts';
import { LIST_BYTES_MAX, filesOfWebllm, firstFilesOfWebllm } from '../webllm/files.ts';
import type { WebllmFile } from '../webllm/files.ts';
import { fetchFile, textOf } from './fetch-file.ts';
import { hostFacts } from './host-facts.ts';
import type { Fetch } from './host-facts.ts';

export interface DownloadParts {
  /** May throw a Failure: where nothing can be kept. */
  readonly place: () => LlmPlace;
  readonly fetch: Fetch;
  /** Waits between tries after a broken connection (ms). */
  readonly waits?: readonly number[];
}

type Facts = ReadonlyMap<string, LlmFile>;

/** Fetches a language model and puts it into the browser's storage; lives in a worker with a policy of its own. */
export class DownloadService implements LlmDownloadApi {
  private readonly parts: DownloadParts;
  private step: LlmDownloadStep = { bytes: 0, total: 0, path: '' };
  private stopper: AbortController | null = null;

  constructor(parts: DownloadParts) {
    this.parts = parts;
  }

  async download(model: LlmModel): Promise<LlmDownloaded> {
    if (this.stopper !== null) throw new Failure('llm-unavailable', 'A model is being fetched already. Wait until that is done, or stop it.');
    if (!isModel(model)) throw new Failure('llm-refused', 'This entry does not describe a language model. Choose another one.');
    const { signal } = (this.stopper = new AbortController());
    try {
      const { bytes, sha256 } = await this.fetched(model, signal);
      return { bytes, sha256 };
    } catch (error) {
      // However a reader puts it: the person stopped it.
      signal.throwIfAborted();
      throw error;
    } finally {
      this.stopper = null;
    }
  }

  async progress(): Promise<LlmDownloadStep> {
    return this.step;
  }

  async stop(): Promise<void> {
    this.stopper?.abort();
  }

  private async fetched(model: LlmModel, signal: AbortSignal): Promise<LlmStored> {
    const place = this.parts.place();
    const kept = await readRecord(place, model.id);
    if (kept?.model.base === model.base) return kept;
    const known = model.runtime === 'wllama' && model.files.every(({ bytes, sha256 }) => bytes > 0 && sha256 !== '');
    const facts = known ? new Map<string, LlmFile>() : await hostFacts(model.base, this.parts.fetch, signal);
    const files = model.files.map((file) => best(file, facts));
    const total = files.every(({ bytes }) => bytes > 0) && model.runtime === 'wllama' ? files.reduce((sum, { bytes }) => sum + bytes, 0) : model.bytes;
    this.step = { bytes: 0, total, path: '' };
    await demandRoom(total, place.storage);
    return keepModel(place, model, async (keeping) => (model.runtime === 'wllama' ? this.ggufs(keeping, files, signal) : this.webllm(keeping, facts, signal, place)));
  }

  private async ggufs(keeping: Keeping, files: readonly LlmFile[], signal: AbortSignal): Promise<ReadonlyMap<string, Passed>> {
    const put = new Map<string, Passed>();
    for (const file of files) {
      await keeping.putFile(file.path, gguf(this.passing(new URL(file.path, keeping.model.base).href, file, signal, file.path, put), file.path));
    }
    return put;
  }

  private async webllm(keeping: Keeping, facts: Facts, signal: AbortSignal, place: LlmPlace): Promise<ReadonlyMap<string, Passed>> {
    const { model } = keeping;
    const put = new Map<string, Passed>();
    const expected = (file: WebllmFile): LlmFile => best(model.files.find(({ path }) => path === file.path) ?? { path: file.path, bytes: file.bytes, sha256: '' }, facts);
    const small = async (file: WebllmFile): Promise<unknown> => {
      const { text, parts } = await textOf(this.passing(file.address, expected(file), signal, file.path, put), LIST_BYTES_MAX);
      await keeping.putCached(file.cache, file.address, these(parts));
      return parsed(text);
    };
    const first = firstFilesOfWebllm(model);
    const [config, tensors] = [await small(first.config), await small(first.tensors)];
    const rest = filesOfWebllm(model, config, tensors).filter(({ address }) => address !== first.config.address && address !== first.tensors.address);
    if (rest.some(({ path }) => !isFilePath(path))) throw new Failure('llm-refused', 'This model’s list of files names one that cannot be. Nothing was kept. Choose another model.');
    const left = rest.reduce((sum, file) => sum + expected(file).bytes, 0);
    this.step = { ...this.step, total: Math.max(this.step.total, this.step.bytes + left) };
    await demandRoom(left, place.storage);
    for (const file of rest) {
      const library = file.address === first.library.address;
      await keeping.putCached(file.cache, file.address, this.passing(file.address, library ? { path: file.path, bytes: 0, sha256: '' } : expected(file), signal, library ? model.library : file.path, put));
    }
    return put;
  }

  /** Bytes of one file, checked at its end. @param key under which what it was is noted */
  private passing(address: string, file: LlmFile, signal: AbortSignal, key: string, put: Map<string, Passed>): Chunks {
    const { fetch, waits } = this.parts;
    this.step = { ...this.step, path: file.path };
    const began = (bytes: number): void => {
      if (this.step.total === 0) this.step = { ...this.step, total: bytes };
    };
    const onBytes = (bytes: number): void => { this.step = { ...this.step, bytes: this.step.bytes + bytes }; };
    return hashed(fetchFile(address, file, { fetch, signal, began, waits }), onBytes, (passed) => {
      check(file, passed, new URL(address).host);
      put.set(key, passed);
    });
  }
}

/** What the list says goes before what the host says. */
function best(file: LlmFile, facts: Facts): LlmFile {
  const said = facts.get(file.path);
  return { path: file.path, bytes: file.bytes || (said?.bytes ?? 0), sha256: file.sha256 || (said?.sha256 ?? '') };
}

function check(file: LlmFile, passed: Passed, host: string): void {
  const hash = file.sha256 !== '' && passed.sha256 !== file.sha256;
  if (!hash && (file.bytes === 0 || passed.bytes === file.bytes)) return;
  const size = passed.bytes > file.bytes ? `it has more bytes than the ${file.bytes} that were expected` : `it has ${passed.bytes} bytes where ${file.bytes} were expected`;
  const what = file.bytes > 0 && passed.bytes !== file.bytes ? size : `its SHA-256 is ${passed.sha256.slice(0, 12)}… where ${file.sha256.slice(0, 12)}… was expected`;
  throw new Failure('llm-refused', `${file.path}, as ${host} sent it, is not the file that it should be: ${what}. Nothing was kept. It was changed there or damaged on its way; try again, or choose another model.`);
}

/** The first four bytes tell a GGUF from an error in words. */
async function* gguf(chunks: Chunks, path: string): Chunks {
  let head = '';
  for await (const chunk of chunks) {
    if (head.length < 4) {
      head += String.fromCharCode(...chunk.subarray(0, 4 - head.length));
      if (!'GGUF'.startsWith(head.slice(0, 4))) throw new Failure('llm-refused', `${path} is not a language model in the GGUF format. Nothing was kept. Check the address, or choose another model.`);
    }
    yield chunk;
  }
  if (head !== 'GGUF') throw new Failure('llm-refused', `${path} is empty. Nothing was kept. Check the address, or choose another model.`);
}

async function* these(parts: readonly Uint8Array<ArrayBuffer>[]): Chunks {
  yield* parts;
}
