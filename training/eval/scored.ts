import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILT_IN_RULES } from '../../src/engine/rules/built-in-rules.ts';
import { runEngine } from './engine.ts';
import type { EngineRun } from './engine.ts';
import { classOf } from './items.ts';

/** The recorded logs of this project. */
export const RECORDED = fileURLToPath(new URL('../../test/fixtures/recorded', import.meta.url));

/** A log that went through the engine, with its labels. */
export interface Scored {
  readonly name: string;
  readonly run: EngineRun;
  /** By physical line. */
  readonly labels: readonly string[];
}

/** Names of the logs in a folder that have labels. */
export function logsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /\.(log|csv)$/.test(name) && existsSync(labelsPath(folder, name))).sort();
}

/** Sends all logs of a folder that have labels through the engine. @throws Error for a label that is no category */
export async function scoreFolder(folder: string, threshold: number, names = logsIn(folder)): Promise<Scored[]> {
  const runs = await runEngine(names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) })), BUILT_IN_RULES, threshold);
  return names.map((name, at) => {
    const labels = readFileSync(labelsPath(folder, name), 'utf8').split(/\r?\n/).filter((label, index, list) => label !== '' || index < list.length - 1);
    const unknown = labels.find((label) => label !== '?' && classOf(label) < 0);
    if (unknown !== undefined) throw new Error(`${name}: “${unknown}” is no category.`);
    return { name, run: runs[at], labels };
  });
}

/** The recorded logs; the form with columns repeats lines of the others and is left out. */
export function scoreRecorded(threshold: number): Promise<Scored[]> {
  return scoreFolder(RECORDED, threshold, logsIn(RECORDED).filter((name) => name.endsWith('.log')));
}

function labelsPath(folder: string, log: string): string {
  return join(folder, log.replace(/\.(log|csv)$/, '.labels'));
}
