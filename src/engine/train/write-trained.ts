import { sha256 } from 'hash-wasm';
import { TRAINED_MODELS } from '../../contract/training.ts';
import type { TrainedFile, TrainedManifest, TrainedModel } from '../../contract/training.ts';
import { forestToOnnx } from './forest-onnx.ts';
import { linearToOnnx } from './linear-onnx.ts';
import { naiveBayesToOnnx } from './naive-bayes-onnx.ts';
import type { Metadata } from './onnx-writer.ts';
import type { FittedModels } from './train-models.ts';

/**
 * The three .onnx files. Besides the answers they carry what Python needs to read them:
 * `json.loads(session.get_modelmeta().custom_metadata_map["classes"])`.
 */
export function writeTrained(models: FittedModels, classes: readonly string[], encoder: string): TrainedFile[] {
  const metadata: Metadata = [['classes', JSON.stringify(classes)], ['encoder', encoder]];
  const bytes = {
    'logistic-regression': () => linearToOnnx(models['logistic-regression'], metadata),
    'random-forest': () => forestToOnnx(models['random-forest'], metadata),
    'naive-bayes': () => naiveBayesToOnnx(models['naive-bayes'], metadata),
  } satisfies Record<TrainedModel, () => Uint8Array>;
  return TRAINED_MODELS.map((model) => ({ model, path: `${model}.onnx`, bytes: bytes[model]() }));
}

/** The entries that name these files in a manifest. The hash comes from a library because `crypto.subtle` is missing on plain http. */
export function listTrained(files: readonly TrainedFile[]): Promise<TrainedManifest['files']> {
  return Promise.all(files.map(async ({ model, path, bytes }) => ({ model, path, bytes: bytes.length, sha256: await sha256(bytes) })));
}
