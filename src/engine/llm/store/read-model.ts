import { isHost } from '../../../contract/download-policy.ts';
import { LLM_RUNTIMES } from '../../../contract/llm.ts';
import type { LlmFile, LlmModel, LlmStored } from '../../../contract/llm.ts';
import { isFields } from '../fields.ts';

/** A model has some hundred files at most; more would be somebody's mistake or worse. */
const MAX_FILES = 2000;
const MAX_TEXT = 400;


/** Names a folder: no `.` or `..`. */
export function isModelId(id: unknown): id is string {
  return typeof id === 'string' && /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/.test(id);
}

/** A path below the model's own folder, as the keys of `LlmFile` have it. */
export function isFilePath(path: unknown): path is string {
  return text(path) && path !== '' && path.split('/').every((name) => /^[^\\?#%:\p{Cc}\p{Cs}]+$/u.test(name) && name !== '.' && name !== '..');
}

/** Whether a value, as JSON gives it, is a model; what else it holds is not looked at. */
export function isModel(value: unknown): value is LlmModel {
  if (!isFields(value)) return false;
  const { id, name, runtime, origin, base, hosts, files, library, bytes, memoryBytes, parameters, licence, reasons, needsF16 } = value;
  return isModelId(id) && text(name) && name.trim() !== ''
    && (LLM_RUNTIMES as readonly unknown[]).includes(runtime) && ['listed', 'own', 'site', 'local'].includes(origin as string)
    && (base === '' || (address(base) && base.endsWith('/'))) && (library === '' || address(library)) && (runtime !== 'webllm' || (base !== '' && library !== ''))
    && Array.isArray(hosts) && hosts.length <= 8 && hosts.every((host) => typeof host === 'string' && isHost(host))
    && Array.isArray(files) && files.length <= MAX_FILES && files.every(isFile)
    && [bytes, memoryBytes, parameters].every(count) && text(licence) && typeof reasons === 'boolean' && typeof needsF16 === 'boolean';
}

/** Reads the record of a stored model: null where it is none, whoever wrote it. All sites of an origin can write there. */
export function readStored(json: string, id: string): LlmStored | null {
  const value = parsed(json);
  if (!isFields(value)) return null;
  const { model, bytes, sha256 } = value;
  if (!isModel(model) || model.id !== id || !count(bytes) || !isFields(sha256)) return null;
  return Object.values(sha256).every(isHash) && model.files.every(({ path }) => Object.hasOwn(sha256, path)) ? { model, bytes, sha256: sha256 as Record<string, string> } : null;
}

export function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isFile(value: unknown): value is LlmFile {
  return isFields(value) && isFilePath(value['path']) && count(value['bytes']) && (value['sha256'] === '' || isHash(value['sha256']));
}

function address(value: unknown): value is string {
  return text(value) && /^https?:\/\//.test(value) && URL.canParse(value);
}

function text(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function count(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
