import { Lane } from '../../../src/bridge/lane.ts';
import type { ModelApi } from '../../../src/contract/model-api.ts';
import type { ReaderApi } from '../../../src/contract/reader-api.ts';
import type { TeachApi } from '../../../src/contract/teach-api.ts';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { PatternText } from '../../../src/contract/verdict.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { CLOSELY, UNREAD } from '../../../src/engine/decide/votes.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { TeachService } from '../../../src/engine/teach/teach-service.ts';
import { Alerts } from '../../../src/session/alerts.svelte.ts';
import { Board } from '../../../src/session/board.svelte.ts';
import { readFiles } from '../../../src/session/read-run.ts';
import { RowAccess } from '../../../src/session/row-access.ts';
import { KeysKept } from '../../../src/session/teaching/keys-kept.ts';
import { Learning } from '../../../src/session/teaching/learning.ts';
import { Teaching } from '../../../src/session/teaching/teaching.svelte.ts';
import type { Reread } from '../../../src/session/teaching/teaching.svelte.ts';
import { FakeWorker } from '../../bridge/fake-worker.ts';
import { batchOf } from '../../engine/decide/patterns.ts';
import { dialectOf } from '../../engine/scan/scanned.ts';

export interface Lab {
  readonly teaching: Teaching;
  readonly board: Board;
  readonly log: Alerts;
  /** The reader, as the session asks it. */
  readonly access: RowAccess;
  /** Pattern whose example begins so. */
  pattern(start: string): number;
  /** Label of every row, in order. */
  rows(): Promise<string[]>;
  /** Opens another log in the place of this one. */
  open(text: string): Promise<void>;
  /** Set: the next reading again is given up. */
  giveUp: boolean;
  /** Waited for once the reader has the next table, before it is on screen. */
  swapping: () => Promise<void>;
}

/** A session's teaching over a log, with the real reader and learner, and votes that depend on the text alone. */
export async function openLab(text: string, name = 'a.log', before?: Teaching): Promise<Lab> {
  const reader = new Lane<ReaderApi>('reading', () => new FakeWorker(new ReaderService()) as unknown as Worker);
  const rows = new RowAccess(reader);
  const log = new Alerts();
  const board = new Board(new Lane<ModelApi>('classifying', () => { throw new Error('not asked'); }));
  const learning = new Learning(new Lane<TeachApi>('learning', () => new FakeWorker(new TeachService()) as unknown as Worker), async () => null);
  const filesOf = (of: string) => ({ files: [new File([of], name)], dialects: [dialectOf(of, name)] });
  let files = filesOf(text);
  let latest = 0;
  const watch = { progress: () => undefined, failed: (error: unknown) => log.add(error) };
  const read = async (keep: boolean): Promise<Reread> => {
    const turn = ++latest;
    const { standing, rules, ruleChanges } = teaching;
    const released = keep ? standing.lift() : teaching.release();
    if (!keep) board.show(null);
    const lessons = await released;
    const stopped = (): boolean => lab.giveUp || turn !== latest;
    const ending = keep ? () => standing.hold() : undefined;
    const result = await readFiles(reader, { ...files, rules, lessons, keep }, { ...watch, stopped, ending }).catch(() => null);
    if (turn !== latest) {
      standing.letGo();
      return 'replaced';
    }
    if (result === null) return 'given-up';
    if (keep) await lab.swapping();
    rows.reset({ ...files, rules, lessons, maxRows: result.entries });
    const show = (): boolean => (board.show(result, rules, { carry: keep }), true);
    const read = { lessons, taught: result.taught };
    if (keep) await standing.carry(read, show).finally(() => standing.letGo());
    else await standing.settle({ ...read, rules: ruleChanges }, show);
    castVotes(board);
    await teaching.learn();
    board.end(false);
    return 'done';
  };
  const teaching: Teaching = new Teaching({ board, keys: new KeysKept(rows), learning, log, aside: (work) => work(), reread: () => read(true), learnt: async () => undefined });
  const lab: Lab = {
    teaching, board, log, access: rows, giveUp: false, swapping: () => Promise.resolve(),
    open: async (other) => {
      files = filesOf(other);
      await read(false);
    },
    pattern: (start) => board.table?.examples.findIndex((example) => example.startsWith(start)) ?? -1,
    rows: () => labelsOfRows(board, rows),
  };
  if (before !== undefined) await adoptAll(teaching, before);
  await read(false);
  return lab;
}

async function adoptAll(teaching: Teaching, before: Teaching): Promise<void> {
  const lessons = await before.release();
  await teaching.adopt('loaded', { lessons, categories: before.own, rules: before.ruleChanges });
}

async function labelsOfRows({ verdicts }: Board, rows: RowAccess): Promise<string[]> {
  if (verdicts === null) return [];
  const all = await rows.call((api) => api.rows(NO_FILTER, 0, 100_000));
  return all.map(({ pattern }) => verdicts.labels[verdicts.label[pattern]]);
}

function castVotes({ votes, texts }: Board): void {
  const open = texts.map((_, pattern) => pattern).filter((pattern) => votes.read[pattern] === UNREAD);
  if (open.length > 0) votes.set(open, batchOf(open.map((pattern) => voteOn(texts[pattern]))), CLOSELY);
}

/** Says something of every text, the same every time. */
function voteOn({ text, level }: PatternText): { label: string; confidence: number } {
  let hash = level;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return { label: CATEGORY_NAMES[hash % CATEGORY_NAMES.length], confidence: 0.3 + (hash % 500) / 1000 };
}
