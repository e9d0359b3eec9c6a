import { isHost } from '../../contract/download-policy.ts';
import { Failure } from '../../contract/failure.ts';
import type { LlmModel } from '../../contract/llm.ts';
import { CATALOGUE } from './catalogue.ts';

/** Where Hugging Face keeps large files. */
const HUGGING_FACE = ['huggingface.co', '*.huggingface.co', '*.hf.co'];
const BLANK = { hosts: [], files: [], library: '', bytes: 0, memoryBytes: 0, parameters: 0, licence: '', reasons: false, needsF16: false } as const;
const WHAT_TO_ENTER = 'Enter the address of a file that ends in .gguf, or of a model page on Hugging Face that ends in -MLC.';

/** Hosts that files of this host may come from. */
export function hostsFor(host: string): readonly string[] {
  return host === 'huggingface.co' ? HUGGING_FACE : [host];
}

/** Whether a model of that name first writes down its reasoning. */
export function reasonsBy(name: string): boolean {
  return /deepseek-?r1|r1-distill|\bqwq\b/i.test(name);
}

/** A GGUF file of this computer. */
export function ggufModel(name: string, bytes: number): LlmModel {
  return { ...BLANK, id: idOf(`local-${name.split(/[\\/]/).at(-1)}`), name: name.replace(/\.gguf$/i, ''), runtime: 'wllama', origin: 'local', base: '', files: [{ path: name.split(/[\\/]/).at(-1) || 'model.gguf', bytes, sha256: '' }], bytes, memoryBytes: memoryOf(bytes), reasons: reasonsBy(name) };
}

/** Needed to run a GGUF, roughly: its weights and a fifth more for what is worked out (measured: 98 MB file, 360–400 MB with the program's own 250). */
export function memoryOf(bytes: number): number {
  return bytes === 0 ? 0 : Math.round(bytes * 1.2 + 250e6);
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
  const path = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
  const part = /-(\d{5})-of-(\d{5})\.gguf$/i.exec(path);
  const paths = part === null ? [path] : Array.from({ length: Math.min(99, Number(part[2])) }, (_, index) => path.replace(part[0], `-${String(index + 1).padStart(5, '0')}-of-${part[2]}.gguf`));
  const base = url.origin + pathname.slice(0, pathname.lastIndexOf('/') + 1);
  return { ...BLANK, id: idOf(`${url.host}-${path}`), name: path.replace(/\.gguf$/i, ''), runtime: 'wllama', origin: 'own', base, hosts: hostsFor(url.host), files: paths.map((name) => ({ path: name, bytes: 0, sha256: '' })), reasons: reasonsBy(path) };
}

/** Models of the same make share a compiled library: the one that is listed for it. */
function mlc(url: URL): LlmModel {
  const name = repository(url);
  const library = CATALOGUE.find(({ runtime, base }) => runtime === 'webllm' && repository(new URL(base)) === name);
  if (library === undefined) throw refused(`For “${name.slice(0, 80)}” Winnow knows no compiled library (a .wasm file), which WebLLM needs beside the model. Download both, put them into one folder and choose that folder here; or choose a model of the list.`);
  return { ...library, id: idOf(`${name}-own`), origin: 'own', base: `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/(tree|resolve)\/.*$/, '')}/resolve/main/`, hosts: [...new Set([...hostsFor(url.host), ...library.hosts])], files: library.files.map((file) => ({ ...file, sha256: '' })) };
}

const repository = ({ pathname }: URL): string => pathname.replace(/\/(tree|resolve|blob)\/.*$/, '').split('/').filter((part) => part !== '').at(-1) ?? '';

const same = (base: string, url: URL): boolean => new URL(base).host === url.host && new URL(base).pathname.startsWith(`${url.pathname.replace(/\/+$/, '').replace(/\/(tree|resolve)\/.*$/, '')}/`) && url.pathname.split('/').filter((part) => part !== '').length >= 2;

/** The name of a folder. */
export function idOf(name: string): string {
  const id = (name.split(/[\\/]/).at(-1) ?? '').replace(/\.gguf$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '').slice(0, 100);
  return id === '' ? 'model' : id;
}

const refused = (words: string): Failure => new Failure('llm-refused', words);
