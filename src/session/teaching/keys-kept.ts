import type { KeyId, Lesson } from '../../contract/teach.ts';
import { keyName } from '../../engine/bundle/decode-taught.ts';
import type { Said } from '../../engine/decide/taught.ts';
import type { RowAccess } from '../row-access.ts';
import type { Snapshot } from './snapshot.ts';
import { lessonsOf, placed } from './snapshot.ts';
import { mapped } from './history.ts';
import type { History } from './history.ts';

/** What a table was read with, and what the reader made of it. */
export interface ReadWith {
  readonly lessons: readonly Lesson[];
  /** ReadResult.taught: index into `lessons` by pattern, -1 for none. */
  readonly taught: Int32Array;
}

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
    // Those of this table: another may have taken its place when the reader answers.
    const { kept } = this;
    await this.ask(snapshot.said.keys());
    return lessonsOf(snapshot, (pattern) => kept.get(pattern) ?? []);
  }

  /** As far as the keys are known, where the reader cannot be asked any more. */
  known(snapshot: Snapshot): Lesson[] {
    const { kept } = this;
    return lessonsOf(snapshot, (pattern) => kept.get(pattern) ?? []);
  }


  /** Takes a snapshot and the history around it out of one table; `settle` puts them into the next. @throws Failure as of ReaderApi */
  async lift(now: Snapshot, history: History): Promise<{ now: Snapshot; history: History }> {
    const { kept } = this;
    const all = new Set<number>(now.said.keys());
    for (const { snapshot } of [...history.undo, ...history.redo]) for (const pattern of snapshot.said.keys()) all.add(pattern);
    await this.ask(all);
    const lifted = (snapshot: Snapshot): Snapshot => ({ ...snapshot, said: new Map(), elsewhere: lessonsOf(snapshot, (pattern) => kept.get(pattern) ?? []) });
    return { now: lifted(now), history: mapped(history, lifted) };
  }

  /**
   * Finds the patterns of a table that lifted snapshots speak of.
   * @param read what the table was read with; more may have been said, or taken back, since
   * @returns `clash`: lessons want the table divided in another way; it must be made anew @throws Failure as of ReaderApi
   */
  async settle(now: Snapshot, history: History, read?: ReadWith): Promise<{ now: Snapshot; history: History; clash: boolean }> {
    const snapshots = new Set([now, ...[...history.undo, ...history.redo].map(({ snapshot }) => snapshot)]);
    const keys = new Map<string, KeyId>();
    for (const { elsewhere } of snapshots) for (const lesson of elsewhere) for (const key of lesson.keys) keys.set(keyName(key), key);
    const patterns = keys.size === 0 ? [] : await this.rows.call((api) => api.patternsOf([...keys.values()]));
    const places = new Map([...keys.keys()].map((name, at) => [name, patterns[at]]));
    let clashes = false;
    const put = (snapshot: Snapshot): Snapshot => {
      const found = Int32Array.from(snapshot.elsewhere.flatMap((lesson) => lesson.keys), (key) => places.get(keyName(key)) ?? -1);
      const { said, elsewhere, clash } = placed(snapshot.elsewhere, found);
      clashes ||= snapshot === now && clash;
      return { ...snapshot, said: snapshot === now && read !== undefined ? withReach(said, snapshot.elsewhere, read) : said, elsewhere };
    };
    return { now: put(now), history: mapped(history, put), clash: clashes };
  }
}

/** A lesson for whatever rule reaches every part of a text that rules divide. Of lessons that changed since reading the newer word counts. */
function withReach(said: ReadonlyMap<number, Said>, lessons: readonly Lesson[], read: ReadWith): Map<number, Said> {
  const all = new Map(said);
  const byKey = new Map(lessons.flatMap((lesson) => lesson.keys.map((key) => [keyName(key), lesson] as const)));
  read.taught.forEach((at, pattern) => {
    const lesson = at < 0 ? undefined : byKey.get(keyName(read.lessons[at].keys[0]));
    if (lesson !== undefined) all.set(pattern, { label: lesson.label, how: lesson.how, teaches: lesson.teaches });
  });
  return all;
}
