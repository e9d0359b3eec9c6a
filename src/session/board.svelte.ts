import type { Lane } from '../bridge/lane.ts';
import type { ModelApi } from '../contract/model-api.ts';
import type { Cells, PatternTable } from '../contract/pattern.ts';
import type { Baseline, ReadResult } from '../contract/reader-api.ts';
import type { Rule } from '../contract/rule.ts';
import type { Truth } from '../contract/truth.ts';
import type { PatternText, Verdict } from '../contract/verdict.ts';
import { DEFAULT_THRESHOLD } from '../contract/verdict.ts';
import type { VerdictColumns } from '../contract/view.ts';
import { applyReplay, isReplayed } from '../engine/bundle/replay.ts';
import type { Replay } from '../engine/bundle/replay.ts';
import { textName } from '../engine/classify/text-name.ts';
import type { Asked } from '../engine/decide/asked.ts';
import { NOTHING_ASKED } from '../engine/decide/asked.ts';
import { decide } from '../engine/decide/decide.ts';
import { explain, opinionsOf } from '../engine/decide/explain.ts';
import type { Opinion } from '../engine/decide/explain.ts';
import type { Taught } from '../engine/decide/taught.ts';
import { NOTHING_TAUGHT } from '../engine/decide/taught.ts';
import { Votes } from '../engine/decide/votes.ts';
import { carryVotes } from './carry-votes.ts';
import { ENCODER_CAP, openPatterns } from './classify-run.ts';
import { finalShare } from './final-share.ts';
import { limitsOf } from './limits.ts';

export interface Neighbour {
  readonly message: string;
  readonly label: string;
  /** Cosine, 0…1. */
  readonly similarity: number;
}

/** Patterns and what is thought of them. Verdicts are derived from table, rules, votes, corrections and threshold alone. */
export class Board {
  table = $state.raw<PatternTable | null>(null);
  cells = $state.raw<Cells | null>(null);
  verdicts = $state.raw<VerdictColumns | null>(null);
  /** Labels that the open files carry. */
  truth = $state.raw<Truth | null>(null);
  /** What the open files are compared with. */
  baseline = $state.raw<Baseline | null>(null);
  threshold = $state(DEFAULT_THRESHOLD);
  readonly limits = $derived.by(() => (this.table === null ? null : limitsOf(this.table, this.rules)));
  readonly finalShare = $derived(finalShare(this.table, this.verdicts));
  votes = new Votes(0);
  /** What the models are shown, by pattern. */
  texts: readonly PatternText[] = [];
  /** Those that `table.rule` indexes. */
  rules: readonly Rule[] = [];
  private taught: Taught = NOTHING_TAUGHT;
  /** Verdicts recorded elsewhere, used instead of votes. */
  private replay: Replay | null = null;
  /** What a language model said of the patterns that are open now. */
  private asks: () => Asked = () => NOTHING_ASKED;
  /** That by which the verdicts of now were worked out. */
  private asked: Asked = NOTHING_ASKED;
  /** No more votes will come; and whether that is because the person said so. */
  private ended = false;
  private cancelled = false;
  private readonly model: Lane<ModelApi>;
  /** Labelled examples asked for so far, by index. */
  private readonly examples = new Map<number, { readonly message: string; readonly label: string }>();

  constructor(model: Lane<ModelApi>) {
    this.model = model;
  }

  /** Takes what reading with `rules` yielded, or nothing. `carry`: keep the votes of texts that were there before. */
  show(result: ReadResult | null, rules: readonly Rule[] = [], { carry = false, taught = NOTHING_TAUGHT, classes = this.votes.classes }: { carry?: boolean; taught?: Taught; classes?: readonly string[] } = {}): void {
    const texts = result?.texts ?? [];
    const votes = new Votes(result?.table.count ?? 0, classes);
    if (carry && result !== null) carryVotes(this, { votes, texts }, openPatterns(result.table, rules), ENCODER_CAP);
    this.votes = votes;
    this.texts = texts;
    this.rules = rules;
    this.taught = taught;
    this.ended = this.cancelled = false;
    this.verdicts = null;
    this.table = result?.table ?? null;
    this.cells = result?.cells ?? null;
    this.truth = result?.truth ?? null;
    this.baseline = result?.baseline ?? null;
    this.refresh();
  }

  /** Forgets all votes: other models will vote, with these classes. */
  revote(classes: readonly string[]): void {
    this.votes = this.votes.anew(classes);
    this.ended = this.cancelled = false;
    this.refresh();
  }

  /** No more votes will come for now. */
  end(cancelled: boolean): void {
    this.ended = true;
    this.cancelled = cancelled;
    this.refresh();
  }

  /** From the next time that verdicts are worked out. */
  useReplay(replay: Replay | null): void {
    this.replay = replay;
  }

  /** From the next time that verdicts are worked out, and asked for each time: what an answer is worth hangs on the vote. */
  useAsked(asked: () => Asked): void {
    this.asks = asked;
  }

  /** The person stopped the models: what they have not looked at closely counts as undecided. */
  get stopped(): boolean {
    return this.cancelled;
  }

  teach(taught: Taught): void {
    this.taught = taught;
    this.refresh();
  }

  /** Works the verdicts out anew. */
  refresh(): void {
    const { threshold, ended, cancelled, taught } = this;
    if (this.table === null) return;
    this.asked = this.asks();
    const decided = decide(this.table, this.rules, this.votes, { threshold, ended, cancelled, taught, asked: this.asked });
    this.verdicts = this.replay === null ? decided : applyReplay(decided, { table: this.table, texts: this.texts }, this.replay, taught.categories);
  }

  verdict(pattern: number): Verdict {
    if (this.table === null || this.verdicts === null) throw new Error('nothing is open');
    const verdict = explain(this.table, this.rules, this.votes, this.verdicts, pattern, this.taught.said.get(pattern), this.asked);
    const recorded = this.replay !== null && isReplayed(verdict.decidedBy, this.replay.get(textName(this.texts[pattern])));
    return recorded ? { ...verdict, reason: 'As recorded in the bundle that was loaded, whatever the models here say.' } : verdict;
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
