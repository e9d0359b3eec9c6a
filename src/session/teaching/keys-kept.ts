import type { KeyId, Lesson } from '../../contract/teach.ts';
import type { RowAccess } from '../row-access.ts';
import type { Snapshot } from './snapshot.ts';
import { lessonsOf, placed } from './snapshot.ts';
import { mapped } from './history.ts';
import type { History } from './history.ts';

/** Keys of the patterns that a person spoke about: asked of the reader once, and kept as long as the table. */
export class KeysKept {
  private readonly rows: RowAccess;
  private kept = new Map<number, readonly KeyId[]>();
  private asked: Promise<void> = Promise.resolve();

  constructor(rows: RowAccess) {
    this.rows = rows;
  }

  /** Another table: pattern numbers mean something else now. */
  forget(): void {
    this.kept = new Map();
    this.asked = Promise.resolve();
  }

  /** Asks for what is missing, after what was asked before. @throws Failure as of ReaderApi */
  ask(patterns: Iterable<number>): Promise<void> {
    const wanted = [...patterns];
    const { kept } = this;
    return (this.asked = this.asked.catch(() => undefined).then(async () => {
      const missing = wanted.filter((pattern) => !kept.has(pattern));
      if (missing.length === 0) return;
      const found = await this.rows.call((api) => api.keysOf(missing));
      missing.forEach((pattern, at) => kept.set(pattern, found[at]));
    }));
  }

  /** @throws Failure as of ReaderApi */
  async lessons(snapshot: Snapshot): Promise<Lesson[]> {
    await this.ask(snapshot.said.keys());
    return lessonsOf(snapshot, (pattern) => this.kept.get(pattern) ?? []);
  }

  /** Takes a snapshot and the history around it out of one table; `settle` puts them into the next. @throws Failure as of ReaderApi */
  async lift(now: Snapshot, history: History): Promise<{ now: Snapshot; history: History }> {
    const all = new Set<number>(now.said.keys());
    for (const { snapshot } of [...history.undo, ...history.redo]) for (const pattern of snapshot.said.keys()) all.add(pattern);
    await this.ask(all);
    const lifted = (snapshot: Snapshot): Snapshot => ({ ...snapshot, said: new Map(), elsewhere: lessonsOf(snapshot, (pattern) => this.kept.get(pattern) ?? []) });
    return { now: lifted(now), history: mapped(history, lifted) };
  }

  /**
   * Finds the patterns of a new table that lifted snapshots speak of.
   * @param taught index into `now.elsewhere` by pattern, as the reader found it; -1 for none
   * @returns `clash`: lessons want the table divided in another way; it must be made anew @throws Failure as of ReaderApi
   */
  async settle(now: Snapshot, history: History, taught: Int32Array = new Int32Array(0)): Promise<{ now: Snapshot; history: History; clash: boolean }> {
    const snapshots = [now, ...[...history.undo, ...history.redo].map(({ snapshot }) => snapshot)];
    const places = new Map<Snapshot, Snapshot>();
    let clashes = false;
    for (const snapshot of snapshots) {
      const keys = snapshot.elsewhere.flatMap((lesson) => lesson.keys);
      const patterns = keys.length === 0 ? new Int32Array(0) : await this.rows.call((api) => api.patternsOf(keys));
      const { said, elsewhere, clash } = placed(snapshot.elsewhere, patterns);
      clashes ||= snapshot === now && clash;
      places.set(snapshot, { ...snapshot, said, elsewhere });
    }
    const put = (snapshot: Snapshot): Snapshot => places.get(snapshot) ?? snapshot;
    const there = put(now);
    const said = new Map(there.said);
    // A lesson for whatever rule reaches every part of a text that rules divide.
    taught.forEach((lesson, pattern) => {
      if (lesson < 0) return;
      const { label, how, teaches } = now.elsewhere[lesson];
      said.set(pattern, { label, how, teaches });
    });
    return { now: { ...there, said }, history: mapped(history, put), clash: clashes };
  }
}
