import { hashText } from '../classify/lexical/hash.ts';

/** Hugging Face, with the hosts on which it keeps large files. */
export const HUGGING_FACE: readonly string[] = ['huggingface.co', '*.huggingface.co', '*.hf.co'];

/** Whether a model of that name first writes down its reasoning. */
export function reasonsBy(name: string): boolean {
  return /deepseek-?r1|r1-distill|\bqwq\b/i.test(name);
}

/**
 * Main memory that a GGUF needs while it runs, in bytes, roughly, before its header is read: its weights, a fifth more and 250 MB for
 * what is worked out (measured with files of 98 and 290 MB). `memoryFor` of wllama/needs.ts knows better once it is. 0 = not known.
 */
export function memoryOf(bytes: number): number {
  return bytes === 0 ? 0 : Math.round(bytes * 1.2 + 250e6);
}

/** As `idOf`, told apart from files or models of the same name at other addresses. @param at all of its address */
export function idAt(kind: string, at: string, name: string): string {
  return idOf(`${kind}-${(hashText(at, 0) >>> 0).toString(36)}-${name}`);
}

/** The name of a folder, from that of a file or model: as `isModelId` has it. */
export function idOf(name: string): string {
  const id = (name.split(/[\\/]/).at(-1) ?? '').replace(/\.gguf$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '').slice(0, 100);
  return id === '' ? 'model' : id;
}
