import { sha256 } from 'hash-wasm';
import { Failure } from '../../contract/failure.ts';
import type { AddedMode, AddedModel } from '../../contract/model.ts';
import { readOnnxModel } from '../../engine/added-models/read-onnx-model.ts';
import type { BundledModel } from '../../engine/bundle/bundle.ts';
import { ENCODER_DIMS } from '../added-files.ts';

/** What bundles need to know of added models. */
export interface ModelShelf {
  readonly added: { readonly models: readonly AddedModel[]; readonly mode: AddedMode };
  /** @throws Failure 'model-refused', and then nothing changes */
  useModels(models: readonly AddedModel[], mode: AddedMode): Promise<void>;
  /** Id of the encoder in use. @throws Failure as of ModelApi */
  encoderId(): Promise<string>;
}

/** Files do not change once they are read: each is hashed once. */
const hashes = new WeakMap<Uint8Array, Promise<string>>();

export function packed(models: readonly AddedModel[]): Promise<BundledModel[]> {
  return Promise.all(models.map(async ({ name, bytes, classes }) => {
    const hash = hashes.get(bytes) ?? sha256(bytes);
    hashes.set(bytes, hash);
    return { name, classes: classes ?? null, sha256: await hash, onnx: bytes };
  }));
}

export function unpacked(models: readonly BundledModel[]): AddedModel[] {
  return models.map(({ name, classes, onnx }) => ({ name, bytes: onnx, ...(classes === null ? {} : { classes }) }));
}

/** @throws Failure 'model-refused', saying why the model cannot be used here */
export async function inspectBundled({ name, classes, onnx }: BundledModel, shelf: ModelShelf): Promise<void> {
  const { encoder } = readOnnxModel(onnx, name, { dims: ENCODER_DIMS, ...(classes === null ? {} : { classes }) });
  if (encoder === '') return;
  const used = await shelf.encoderId();
  if (encoder !== used) throw new Failure('model-refused', `“${name}” was trained on vectors of another encoder or back end (${encoder}) than this page uses now (${used}). Switch the back end under Help, and load the bundle again.`);
}
