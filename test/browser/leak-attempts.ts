import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LeakTrap } from './leak-trap.ts';

/** Defines `leak(to, port, only)`; see the file. Text, because it runs in browsers as it is. */
export const LEAK_SCRIPT = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'leaks', 'attempts.js'), 'utf8');

/**
 * Code that makes every attempt, or one alone, and is worth a promise of what each said. @param from who tries: what gets out
 * arrives as a request for `from/name` and an ending
 */
export function attempts(trap: LeakTrap, from: string, only?: string): string {
  return `${LEAK_SCRIPT}\nleak(${JSON.stringify(`${trap.url}${from}/`)}, ${trap.port}, ${JSON.stringify(only)})`;
}

/** Who got out, and how: `from/name`, each once, sorted. */
export function escaped(trap: LeakTrap): string[] {
  return [...new Set(trap.hits.map((hit) => hit.replace(/\.\w+$/, '')))].sort();
}
