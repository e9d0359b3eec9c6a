import { isHost } from '../../contract/download-policy.ts';
import { Failure } from '../../contract/failure.ts';
import type { LlmModel } from '../../contract/llm.ts';
import { CATALOGUE } from './catalogue.ts';
import { isFilePath } from './store/read-model.ts';
import { HUGGING_FACE, idAt, idOf, memoryOf, reasonsBy } from './model-facts.ts';

const BLANK = { hosts: [], files: [], library: '', bytes: 0, memoryBytes: 0, parameters: 0, licence: '', reasons: false, needsF16: false } as const;
const WHAT_TO_ENTER = 'Enter the address of a file that ends in .gguf, or of a model page on Hugging Face that ends in -MLC.';

/** Hosts that files of this host may come from. */
export function hostsFor(host: string): readonly string[] {
  return host === 'huggingface.co' ? HUGGING_FACE : [host];
}

/** A GGUF file of this computer. */
export function ggufModel(name: string, bytes: number): LlmModel {
  const path = name.split(/[\\/]/).at(-1) || 'model.gguf';
  return {
    ...BLANK, id: idOf(`local-${path}`), name: name.replace(/\.gguf$/i, '').trim() || 'model', runtime: 'wllama', origin: 'local', base: '',
    files: [{ path, bytes, sha256: '' }], bytes, memoryBytes: memoryOf(bytes), reasons: reasonsBy(name),
  };
}

/**
 * A model by the address that a person gave: of a GGUF file, or of a model in MLC's format whose compiled library is known.
 * @throws Failure 'llm-refused' where the address is none of these
 */
export function ownModel(address: string): LlmModel {
  const url = checked(address.trim());
  // The page that shows a file, in place of the file itself.
  const path = url.pathname.replace(/^(\/[^/]+\/[^/]+)\/blob\//, '$1/resolve/');
  if (/\.gguf$/i.test(path)) return gguf(url, path);
  const known = CATALOGUE.find(({ runtime, base }) => runtime === 'webllm' && same(base, url));
  if (known !== undefined) return known;
  if (/-MLC$/.test(repository(url))) return mlc(url);
  if (url.host === 'huggingface.co') throw refused('That is a page of Hugging Face, not of a file. Open “Files” there, choose a file that ends in .gguf, and copy the address of its download.');
  throw refused(`That address is of neither kind of model. ${WHAT_TO_ENTER}`);
}

function checked(address: string): URL {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (address === '' || !URL.canParse(full)) throw refused(`That is not a web address. ${WHAT_TO_ENTER}`);
  const url = new URL(full);
  const here = /^(localhost|127\.0\.0\.1)$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here)) throw refused('A model is fetched over https only, so that nobody can change it on its way. Enter an address that begins with https://.');
  if (url.username !== '' || url.password !== '') throw refused('The address holds a name or a password. Winnow sends neither; download the file with your browser and open it here.');
  if (!isHost(url.host) || (url.protocol === 'https:' && here)) throw refused(`Winnow cannot fetch from “${url.host.slice(0, 80)}”: use the host’s name. Or download the file with your browser and open it here.`);
  return url;
}

function gguf(url: URL, pathname: string): LlmModel {
  const path = decoded(pathname.slice(pathname.lastIndexOf('/') + 1));
  if (!isFilePath(path)) throw refused('The name of that file holds signs that Winnow cannot keep it by. Download the file with your browser and open it here.');
  const part = /-(\d{5})-of-(\d{5})\.gguf$/i.exec(path);
  const paths = part === null ? [path] : Array.from({ length: Math.min(99, Number(part[2])) }, (_, index) => path.replace(part[0], `-${String(index + 1).padStart(5, '0')}-of-${part[2]}.gguf`));
  const base = url.origin + pathname.slice(0, pathname.lastIndexOf('/') + 1);
  return {
    ...BLANK, id: idAt(url.host, base + path, path), name: path.replace(/\.gguf$/i, ''), runtime: 'wllama', origin: 'own', base, hosts: hostsFor(url.host),
    files: paths.map((file) => ({ path: file, bytes: 0, sha256: '' })), reasons: reasonsBy(path),
  };
}

/** As it is where it is not percent-encoded as addresses are. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Models of the same make share a compiled library: the one that is listed for it. */
function mlc(url: URL): LlmModel {
  const name = repository(url);
  const library = CATALOGUE.find(({ runtime, base }) => runtime === 'webllm' && repository(new URL(base)) === name);
  if (library === undefined) throw refused(`For “${name.slice(0, 80)}” Winnow knows no compiled library (a .wasm file), which WebLLM needs beside the model. Download both, put them into one folder and choose that folder here; or choose a model of the list.`);
  const base = `${url.origin}${folderOf(url)}/resolve/main/`;
  return {
    ...library, id: idAt('own', base, name), origin: 'own', base, hosts: [...new Set([...hostsFor(url.host), ...library.hosts])],
    files: library.files.map((file) => ({ ...file, sha256: '' })),
  };
}

/** Of a model, without what of it is shown. */
function folderOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '').replace(/\/(tree|resolve)\/.*$/, '');
}

const names = (path: string): string[] => path.split('/').filter((part) => part !== '');

function repository({ pathname }: URL): string {
  return names(pathname.replace(/\/(tree|resolve|blob)\/.*$/, '')).at(-1) ?? '';
}

/** Whether a listed model lies in the folder that an address names. */
function same(base: string, url: URL): boolean {
  const { host, pathname } = new URL(base);
  return host === url.host && names(url.pathname).length >= 2 && pathname.startsWith(`${folderOf(url)}/`);
}

const refused = (words: string): Failure => new Failure('llm-refused', words);
