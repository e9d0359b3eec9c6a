import { CATEGORY_NAMES } from '../../contract/category.ts';
import { Failure } from '../../contract/failure.ts';
import { LEVELS } from '../../contract/level.ts';
import type { CheckLine } from '../../contract/llm.ts';

export const CHECK_LINES_PATH = 'classify/check.json';

/** A line as it is stored: its nearest messages by their rows of `classify/examples.json`. */
export type StoredCheckLine = Omit<CheckLine, 'nearest'> & { readonly nearest: readonly number[] };

/** File: JSON, one line of the file per line to check. */
export function writeCheckLines(lines: readonly StoredCheckLine[]): string {
  return `{"version":1,"lines":[\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n]}\n`;
}

/**
 * The lines of `classify/check.json`, each with the messages that its row numbers mean.
 * @param examples those of `classify/examples.json`
 * @throws Failure 'model-runtime' if the file is of another form or version, or does not fit the examples
 */
export function readCheckLines(json: Uint8Array, examples: readonly { readonly message: string; readonly label: string }[]): CheckLine[] {
  const lines = parsed(json);
  if (lines === null || !lines.every((line) => isStored(line, examples.length))) {
    throw new Failure('model-runtime', `${CHECK_LINES_PATH} is not of a form this version understands. Put the whole folder public/models of one version on the server.`);
  }
  return lines.map(({ text, level, label, vote, voteConfidence, nearest }) => ({
    text, level, label, vote, voteConfidence, nearest: nearest.map((row) => ({ message: examples[row].message, label: examples[row].label })),
  }));
}

/** null: not a file of this version. */
function parsed(json: Uint8Array): readonly StoredCheckLine[] | null {
  try {
    const value = JSON.parse(new TextDecoder().decode(json)) as { readonly version?: unknown; readonly lines?: unknown } | null;
    return value?.version === 1 && Array.isArray(value.lines) ? value.lines as StoredCheckLine[] : null;
  } catch {
    return null;
  }
}

function isStored(line: Partial<StoredCheckLine> | null, examples: number): boolean {
  if (typeof line !== 'object' || line === null) return false;
  const { text, level, label, vote, voteConfidence, nearest } = line;
  return typeof text === 'string' && text !== '' && isBelow(level, LEVELS.length) && isCategory(label) && isCategory(vote)
    && typeof voteConfidence === 'number' && voteConfidence >= 0 && voteConfidence <= 1
    && Array.isArray(nearest) && nearest.every((row) => isBelow(row, examples));
}

const isBelow = (value: unknown, end: number): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;
const isCategory = (value: unknown): boolean => CATEGORY_NAMES.some((name) => name === value);
