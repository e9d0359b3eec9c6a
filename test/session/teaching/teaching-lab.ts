import { Lane } from '../../../src/bridge/lane.ts';
import type { ModelApi } from '../../../src/contract/model-api.ts';
import type { ReaderApi } from '../../../src/contract/reader-api.ts';
import type { TeachApi } from '../../../src/contract/teach-api.ts';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { PatternText } from '../../../src/contract/verdict.ts';
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
  /** Set: the next reading again is given up. */
  giveUp: boolean;
}

/** A session's teaching over a log, with the real reader and learner, and votes that depend on the text alone. */
export async function openLab(text: string, name = 'a.log', before?: Teaching): Promise<Lab> {
  const reader = new Lane<ReaderApi>('reading', () => new FakeWorker(new ReaderService()) as unknown as Worker);
  const rows = new RowAccess(reader);
  const log = new Alerts();
  const board = new Board(new Lane<ModelApi>('classifying', () => { throw new Error('not asked'); }));
  const learning = new Learning(new Lane<TeachApi>('learning', () => new FakeWorker(new TeachService()) as unknown as Worker), async () => null);
  const files = { files: [new File([text], name)], dialects: [dialectOf(text, name)] };
  const watch = { stopped: () => lab.giveUp, progress: () => undefined, failed: (error: unknown) => log.add(error) };
  const read = async (keep: boolean): Promise<boolean> => {
    const lessons = keep ? await teaching.lift() : await teaching.release();
    const { rules } = teaching;
    const result = await readFiles(reader, { ...files, rules, lessons, keep }, watch);
    if (result === null) return false;
    rows.reset({ ...files, rules, lessons, maxRows: result.entries });
    const show = async (): Promise<void> => board.show(result, rules, { carry: keep });
    if (keep) await teaching.carry(result.taught, show);
    else {
      await show();
      await teaching.settle(result.taught);
    }
    castVotes(board);
    await teaching.learn();
    board.end(false);
    return true;
  };
  const teaching: Teaching = new Teaching({ board, keys: new KeysKept(rows), learning, log, aside: (work) => work(), reread: () => read(true), learnt: async () => undefined });
  const lab: Lab = {
    teaching, board, log, access: rows, giveUp: false,
    pattern: (start) => board.table?.examples.findIndex((example) => example.startsWith(start)) ?? -1,
    rows: async () => {
      const { verdicts, table } = board;
      if (verdicts === null || table === null) return [];
      const all = await rows.call((api) => api.rows({ labels: null, sources: null, patterns: null, bins: null, text: '', problemsOnly: false, truths: null }, 0, 100_000));
      return all.map(({ pattern }) => verdicts.labels[verdicts.label[pattern]]);
    },
  };
  if (before !== undefined) {
    const lessons = await before.release();
    await teaching.adopt('loaded', { lessons, categories: before.own, rules: before.ruleChanges });
  }
  await read(false);
  return lab;
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
