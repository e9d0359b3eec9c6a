import { Failure } from '../contract/failure.ts';
import type { AddedModel } from '../contract/model.ts';
import { MAX_MODEL_BYTES, readOnnxModel } from '../engine/added-models/read-onnx-model.ts';

/** A model file that a person chose, looked into but not run. */
export interface InspectedModel extends AddedModel {
  readonly classes: readonly string[];
  /** What wrote the file, e.g. "skl2onnx"; '' if it does not say. */
  readonly producer: string;
}

/** Length of the vectors of the page's encoder, all-MiniLM-L6-v2. */
export const ENCODER_DIMS = 384;
/** A list of names beside a model is short. */
const MAX_NAMES_BYTES = 1 << 20;

/**
 * Reads the .onnx files among those chosen; of a .json beside them the names of the classes: a list of them, or what was saved with a
 * model trained here. @param encoder id of the encoder in use, asked for only where a file says which one it needs
 * @throws Failure 'model-refused', saying what to do
 */
export async function inspectModels(files: readonly File[], encoder: () => Promise<string>): Promise<InspectedModel[]> {
  const lists = files.filter(({ name }) => /\.json$/i.test(name));
  const models = files.filter((file) => !lists.includes(file));
  if (models.length === 0) throw new Failure('model-refused', 'There is no .onnx file among these. Choose one, and its list of class names (.json) with it if it has one.');
  if (lists.length > 1) throw new Failure('model-refused', 'Several lists of class names (.json) at once: choose one model with its list at a time.');
  const classes = lists.length === 0 ? undefined : await namesIn(lists[0]);
  const inspected: InspectedModel[] = [];
  for (const file of models) {
    if (file.size > MAX_MODEL_BYTES) throw new Failure('model-refused', `“${file.name}” is larger than ${MAX_MODEL_BYTES >> 20} MB. A forest with fewer or shallower trees is smaller and rarely worse.`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const read = readOnnxModel(bytes, file.name, { dims: ENCODER_DIMS, ...(classes === undefined ? {} : { classes }) });
    if (read.encoder !== '' && read.encoder !== (await encoder())) {
      throw new Failure('model-refused', `“${file.name}” was trained on vectors of another encoder or back end (${read.encoder}) than this page uses now (${await encoder()}). Switch the back end, or train it again.`);
    }
    inspected.push({ name: file.name.replace(/\.onnx$/i, ''), bytes, classes: read.classes, producer: read.producer });
  }
  return inspected;
}

async function namesIn(file: File): Promise<readonly string[]> {
  const wanted = `“${file.name}” is no list of class names: what is needed is JSON like ["Error", "User Action"], in the order of model.classes_.`;
  if (file.size > MAX_NAMES_BYTES) throw new Failure('model-refused', wanted);
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  } catch {
    throw new Failure('model-refused', wanted);
  }
  const names: unknown = typeof value === 'object' && value !== null && Object.hasOwn(value, 'classes') ? (value as { classes: unknown }).classes : value;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) throw new Failure('model-refused', wanted);
  return names;
}
