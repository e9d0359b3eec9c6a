import { Failure } from '../../../contract/failure.ts';
import { readGguf } from '../gguf.ts';
import type { GgufHeader } from '../gguf.ts';

/** The files of a model, in their order. */
export interface Parts {
  /** Of the first file, with the weights of all. */
  readonly header: GgufHeader;
  readonly files: readonly File[];
  readonly bytes: number;
}

/**
 * Looks into all files of a model before any is loaded.
 * @throws Failure 'llm-refused' where one is no GGUF or cut short, where parts are missing, or where it is no model that writes text
 */
export async function readParts(files: readonly File[]): Promise<Parts> {
  if (files.length === 0) throw refusal('No file was chosen.');
  const read = await Promise.all(files.map(async (file) => ({ file, header: await readGguf(file, file.name) })));
  read.sort((one, other) => (one.header.split?.no ?? 0) - (other.header.split?.no ?? 0));
  const [first] = read as [(typeof read)[number]];
  complete(read.map(({ header }) => header), first.file.name);
  const { header } = first;
  if (header.architecture === '' || header.layers === 0) throw refusal(`${first.file.name} holds no language model${header.architecture === '' ? '' : ` (it is of the kind “${header.architecture.slice(0, 40)}”)`}: it may be an addition to one, for pictures or for another tone. Choose the model itself.`);
  return {
    header: { ...header, parameters: read.reduce((sum, one) => sum + one.header.parameters, 0) },
    files: read.map(({ file }) => file), bytes: read.reduce((sum, { file }) => sum + file.size, 0),
  };
}

function complete(headers: readonly GgufHeader[], name: string): void {
  const count = headers[0]!.split?.count ?? 1;
  const numbers = new Set(headers.map(({ split }) => split?.no ?? 0));
  const same = headers.every(({ split }) => (split?.count ?? 1) === count);
  if (same && numbers.size === count && headers.length === count) return;
  if (count > 1 && numbers.size < count) throw refusal(`This model comes in ${count} files, and ${numbers.size === 1 ? 'only one of them was' : `only ${numbers.size} were`} chosen. Choose all ${count} together; their names differ in the number before “-of-”.`);
  throw refusal(`${name} and the other files chosen with it are not the parts of one model. Choose one model at a time.`);
}

const refusal = (message: string): Failure => new Failure('llm-refused', message);
