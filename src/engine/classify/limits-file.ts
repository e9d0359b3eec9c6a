import { CATEGORY_NAMES } from '../../contract/category.ts';
import { Failure } from '../../contract/failure.ts';
import type { CategoryLimits, ModelLimits } from '../../contract/model-limits.ts';

export const LIMITS_PATH = 'classify/limits.json';

/** File: JSON, one line of the file per category. */
export function writeLimits({ categories, ...all }: ModelLimits): string {
  const head = JSON.stringify({ version: 1, ...all }).slice(0, -1);
  return `${head},"categories":[\n${categories.map((category) => JSON.stringify(category)).join(',\n')}\n]}\n`;
}

/** @throws Failure 'model-runtime' if the file is of another form or version, or about other categories */
export function readLimits(json: Uint8Array): ModelLimits {
  const value = parsed(json);
  if (!isLimits(value)) throw new Failure('model-runtime', `${LIMITS_PATH} is not of a form this version understands. Put the whole folder public/models of one version on the server.`);
  const { messages, accuracy, macroF1, calibrationError, sure, agreement, categories } = value;
  return { messages, accuracy, macroF1, calibrationError, sure, agreement, categories };
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(json));
  } catch {
    return null;
  }
}

function isLimits(value: unknown): value is ModelLimits {
  if (typeof value !== 'object' || value === null) return false;
  const limits = value as ModelLimits & { readonly version: unknown };
  return limits.version === 1 && isCount(limits.messages) && [limits.accuracy, limits.macroF1, limits.calibrationError, limits.agreement].every(isShare)
    && isShare(limits.sure?.confidence) && isCount(limits.sure.messages) && isShareOrNone(limits.sure.right)
    && Array.isArray(limits.categories) && limits.categories.length === CATEGORY_NAMES.length && limits.categories.every(isCategory);
}

function isCategory(value: CategoryLimits | null, at: number): boolean {
  return value?.name === CATEGORY_NAMES[at] && isCount(value.messages) && [value.precision, value.recall, value.agreement].every(isShareOrNone);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
const isShareOrNone = (value: unknown): boolean => value === null || isShare(value);
