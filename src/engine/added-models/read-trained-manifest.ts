import { sha256 } from 'hash-wasm';
import { SCORED, TRAINED_MODELS } from '../../contract/training.ts';
import type { KeptFigures, TrainedManifest } from '../../contract/training.ts';
import { MAX_CLASSES } from './class-names.ts';
import { MAX_MODEL_BYTES } from './read-onnx-model.ts';
import { refuse } from './refuse.ts';

const LONGEST = 200;
const MOST_POINTS = 1000;

/**
 * Checks a manifest that came from outside, field by field; fields that are not known are dropped.
 * @param value what JSON.parse gave @param name said in refusals @throws Failure 'model-refused'
 */
export function readTrainedManifest(value: unknown, name: string): TrainedManifest {
  const from = value as TrainedManifest;
  const wrong = (what: string): never => refuse(name, `its ${what} is not of a form that this version understands. Save the models again where they were trained.`);
  if (!isRecord(value) || from.version !== 1 || from.kind !== 'trained') wrong('manifest');
  if (!isText(from.name) || !isText(from.encoder) || !isCount(from.dims)) wrong('name, encoder or dims');
  if (!isList(from.classes, MAX_CLASSES) || from.classes.length < 2 || !from.classes.every(isText) || new Set(from.classes).size !== from.classes.length) wrong('list of classes');
  if (!isList(from.files, TRAINED_MODELS.length) || from.files.length === 0 || !from.files.every(isFile)) wrong('list of files');
  if (new Set(from.files.map(({ model }) => model)).size !== from.files.length) wrong('list of files');
  const { trained, validation, classes } = from;
  if (!isRecord(trained) || !isText(trained.date) || ![trained.rows, trained.rowsCounted, trained.patterns, trained.seed].every(isCount)) wrong('account of the training');
  if (validation !== null && !isValidation(validation, classes.length)) wrong('validation');
  return {
    version: 1, kind: 'trained', name: from.name, encoder: from.encoder, dims: from.dims, classes: [...classes],
    files: from.files.map(({ model, path, bytes, sha256: hash }) => ({ model, path, bytes, sha256: hash })),
    trained: { date: trained.date, rows: trained.rows, rowsCounted: trained.rowsCounted, patterns: trained.patterns, seed: trained.seed },
    validation: validation && { folds: validation.folds, grouped: validation.grouped, random: validation.random, curve: validation.curve },
  };
}

/** @throws Failure 'model-refused' where the file is not the one that the manifest names */
export async function checkTrainedFile({ path, bytes, sha256: wanted }: TrainedManifest['files'][number], content: Uint8Array): Promise<void> {
  if (content.length !== bytes || (await sha256(content)) !== wanted) refuse(path, 'it is not the file that its manifest names (size or SHA-256 differ). Take both from the same place again.');
}

function isFile(file: unknown): boolean {
  const { model, path, bytes, sha256: hash } = (isRecord(file) ? file : {}) as Partial<TrainedManifest['files'][number]>;
  return TRAINED_MODELS.some((each) => each === model) && isText(path) && /^[\w.-]+$/.test(path) && isCount(bytes) && bytes <= MAX_MODEL_BYTES && isText(hash) && /^[0-9a-f]{64}$/.test(hash);
}

function isValidation(value: unknown, classes: number): boolean {
  const { folds, grouped, random, curve } = (isRecord(value) ? value : {}) as Partial<NonNullable<TrainedManifest['validation']>>;
  const scored = (figures: unknown): boolean => isRecord(figures) && SCORED.every((each) => Object.hasOwn(figures, each) && isFigures(figures[each], classes));
  return isCount(folds) && scored(grouped) && scored(random) && isList(curve, MOST_POINTS) && curve.every((point) => isRecord(point) && areNumbers([point['threshold'], point['coverage'], point['accuracy']]));
}

function isFigures(value: unknown, classes: number): boolean {
  const { rows, accuracy, macroF1, perClass } = (isRecord(value) ? value : {}) as Partial<KeptFigures>;
  return areNumbers([rows, accuracy, macroF1]) && isList(perClass, classes) && perClass.length === classes
    && perClass.every((each) => isRecord(each) && areNumbers([each['support'], each['precision'], each['recall'], each['f1']]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown, most: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= most;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function areNumbers(values: readonly unknown[]): boolean {
  return values.every(Number.isFinite);
}
