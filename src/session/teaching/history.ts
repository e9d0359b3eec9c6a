import type { Snapshot } from './snapshot.ts';

/** Steps that can be taken back; more than anybody remembers. */
const STEPS_MAX = 200;

export interface Step {
  /** What was done, for the undo button: "3 patterns → Error". */
  readonly what: string;
  /** How things stood before it (in the undo list) or after it (in the redo list). */
  readonly snapshot: Snapshot;
}

/** Undo and redo over whole snapshots, so that going back is exact. Never changed in place. */
export interface History {
  readonly undo: readonly Step[];
  readonly redo: readonly Step[];
}
export const NO_HISTORY: History = { undo: [], redo: [] };

/** A new step; what had been undone cannot be redone any more. */
export function stepped({ undo }: History, what: string, before: Snapshot): History {
  return { undo: [...undo, { what, snapshot: before }].slice(-STEPS_MAX), redo: [] };
}

/** One step back; null if there is none. */
export function undone({ undo, redo }: History, now: Snapshot): { readonly history: History; readonly to: Snapshot } | null {
  const last = undo.at(-1);
  return last === undefined ? null : { history: { undo: undo.slice(0, -1), redo: [...redo, { what: last.what, snapshot: now }] }, to: last.snapshot };
}

/** One step forward again; null if there is none. */
export function redone({ undo, redo }: History, now: Snapshot): { readonly history: History; readonly to: Snapshot } | null {
  const last = redo.at(-1);
  return last === undefined ? null : { history: { undo: [...undo, { what: last.what, snapshot: now }], redo: redo.slice(0, -1) }, to: last.snapshot };
}

/** The same history with every snapshot turned into another. */
export function mapped(history: History, change: (snapshot: Snapshot) => Snapshot): History {
  const all = (steps: readonly Step[]): Step[] => steps.map((step) => ({ ...step, snapshot: change(step.snapshot) }));
  return { undo: all(history.undo), redo: all(history.redo) };
}
