import type { Lane } from '../bridge/lane.ts';
import type { ModelApi } from '../contract/model-api.ts';
import type { Cells, PatternTable } from '../contract/pattern.ts';
import type { ReadResult } from '../contract/reader-api.ts';
import type { Rule } from '../contract/rule.ts';
import { DEFAULT_THRESHOLD } from '../contract/verdict.ts';
import type { Verdict } from '../contract/verdict.ts';
import type { VerdictColumns } from '../contract/view.ts';
import { decide } from '../engine/decide/decide.ts';
import { explain, opinionsOf } from '../engine/decide/explain.ts';
import type { Opinion } from '../engine/decide/explain.ts';
import { Votes } from '../engine/decide/votes.ts';
import { finalShare } from './final-share.ts';
import { limitsOf } from './limits.ts';

export interface Neighbour {
  readonly message: string;
  readonly label: string;
  /** Cosine, 0…1. */
  readonly similarity: number;
}

/** Patterns and what is thought of them. Verdicts are derived from table, rules, votes and threshold alone. */
export class Board {
  table = $state.raw<PatternTable | null>(null);
  cells = $state.raw<Cells | null>(null);
  verdicts = $state.raw<VerdictColumns | null>(null);
  threshold = $state(DEFAULT_THRESHOLD);
  readonly limits = $derived(this.table === null ? null : limitsOf(this.table));
  readonly finalShare = $derived(finalShare(this.table, this.verdicts));
  votes = new Votes(0);
  private readonly rules: readonly Rule[];
  private readonly model: Lane<ModelApi>;
  /** Labelled examples asked for so far, by index. */
  private readonly examples = new Map<number, { readonly message: string; readonly label: string }>();

  constructor(rules: readonly Rule[], model: Lane<ModelApi>) {
    this.rules = rules;
    this.model = model;
  }

  /** Takes what reading yielded, or nothing. */
  show(result: ReadResult | null): void {
    this.votes = new Votes(result?.table.count ?? 0);
    this.table = result?.table ?? null;
    this.cells = result?.cells ?? null;
    this.verdicts = null;
    this.refresh(false);
  }

  /** Works the verdicts out anew. `ended`: no more votes will come; `cancelled`: because the person said so. */
  refresh(ended: boolean, cancelled = false): void {
    if (this.table !== null) this.verdicts = decide(this.table, this.rules, this.votes, { threshold: this.threshold, ended, cancelled });
  }

  verdict(pattern: number): Verdict {
    if (this.table === null || this.verdicts === null) throw new Error('nothing is open');
    return explain(this.table, this.rules, this.votes, this.verdicts, pattern);
  }

  opinions(pattern: number): readonly Opinion[] {
    return opinionsOf(this.votes, pattern);
  }

  async neighbour(pattern: number): Promise<Neighbour | null> {
    const index = this.votes.neighbour[pattern] ?? -1;
    if (index < 0) return null;
    let example = this.examples.get(index);
    if (example === undefined) {
      [example] = await this.model.call((api) => api.examples([index]));
      this.examples.set(index, example);
    }
    return { ...example, similarity: this.votes.similarity[pattern] };
  }
}
