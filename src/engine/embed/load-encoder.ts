import type { Backend, ModelManifest } from '../../contract/model.ts';
import type { Encoder } from './encoder.ts';
import { ENCODER_SPEC_PATH, parseEncoderSpec } from './encoder-spec.ts';
import { createMiniLm } from './minilm.ts';
import type { Fetcher, OnBytes } from './model-files.ts';
import { fetchModelFile } from './model-files.ts';
import type { Ort } from './onnx.ts';
import { openModel } from './onnx.ts';
import { selfCheck } from './self-check.ts';
import { openTokenizer } from './tokenizer.ts';

export interface LoadOptions {
  readonly backend: Backend;
  /** Address of the models folder, ending in "/". */
  readonly base: string;
  readonly manifest: ModelManifest;
  /** Progress of the one big file. */
  readonly onBytes?: OnBytes;
  readonly fetcher?: Fetcher;
}

/**
 * Fetches the encoder for a back end, opens it and checks it against its stored vectors.
 * @param ort the runtime of that back end, after `prepareRuntime`
 * @throws Failure 'model-missing', 'model-tampered', 'model-runtime', 'model-self-check' or 'out-of-memory'
 */
export async function loadEncoder(ort: Ort, { backend, base, manifest, onBytes, fetcher }: LoadOptions): Promise<Encoder> {
  const get = (path: string, report?: OnBytes) => fetchModelFile(base, manifest, path, report, fetcher);
  const spec = parseEncoderSpec(await get(ENCODER_SPEC_PATH));
  const tokenize = openTokenizer(await get(spec.tokenizer), spec.maxTokens);
  const { path, sha256 } = spec.files[backend];
  const model = await openModel(ort, await get(path, onBytes), { backend, name: path });
  const encoder = createMiniLm({ id: `${backend}-${sha256.slice(0, 16)}`, backend, dims: spec.dims, model, tokenize });
  try {
    await selfCheck(encoder, spec.selfCheck);
  } catch (error) {
    await encoder.dispose();
    throw error;
  }
  return encoder;
}
