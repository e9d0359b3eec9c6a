import type { LlmCheck, LlmModel, LlmSaid, LlmStored } from '../../contract/llm.ts';
import type { LlmMachine, LlmReady } from '../../contract/llm-api.ts';
import type { Board } from '../board.svelte.ts';
import type { LlmOpened } from './llm-parts.ts';
import { answersOf, countsOf, disagreementsOf, planOf, sourcesOf } from './plan.ts';
import type { OpenBoard } from './plan.ts';
import type { CheckSize, LlmCounts, LlmDisagreement, LlmPlan, LlmProgress, LlmSource, LlmStage } from './stage.ts';

/** What is known of the language model and its answers; LanguageModel has the verbs that change it. */
export class LlmState {
  stage = $state<LlmStage>('none');
  /** Null while nothing is under way. */
  progress = $state.raw<LlmProgress | null>(null);
  /** What this browser offers; null until `open`. */
  machine = $state.raw<LlmMachine | null>(null);
  /** Models that can be fetched: those listed, those of this site, the person's own addresses. */
  offered = $state.raw<readonly LlmModel[]>([]);
  /** Models that are kept in this browser. */
  stored = $state.raw<readonly LlmStored[]>([]);
  /** This browser keeps files for this site; else models of this computer can be used, not kept. */
  keeps = $state(true);
  /** Why models cannot be fetched from other sites here (no service worker), in words; '' where they can. Files of this computer always work. */
  noFetching = $state('');
  /** The one that is being fetched or loaded, or is loaded. */
  model = $state.raw<LlmModel | null>(null);
  loaded = $state.raw<LlmReady | null>(null);
  /** A GGUF of this computer that is in use and could be kept in this browser (`keep`); null else. */
  local = $state.raw<LlmOpened | null>(null);
  check = $state.raw<LlmCheck | null>(null);
  checkSize = $state<CheckSize>(12);
  /** The person wants its answers to count though it did not beat the others. */
  trusted = $state(false);
  /** Names of sources whose patterns go to it, whatever the vote says. */
  routed = $state.raw<readonly string[]>([]);
  /** It also looks at what the vote was sure of. */
  reviewing = $state(false);
  /** What it said, by what it was asked about (see textName). */
  said = $state.raw<ReadonlyMap<string, LlmSaid>>(new Map());
  /** The model that `said` and `check` are of, loaded or not; null before the first. */
  used = $state.raw<LlmOpened | null>(null);
  /** Seconds of each answer of this model, in order. */
  spent = $state.raw<readonly number[]>([]);
  /** What went wrong last, in words; '' = nothing. */
  failure = $state('');
  /** Its answers so far, by pattern. */
  readonly answers: ReadonlyMap<number, LlmSaid> = $derived.by(() => answersOf(this.board.table, this.board.texts, this.said));
  /** Its answers decide; else they are only shown. Never before a trial: what they are worth is not known then. */
  readonly believed: boolean = $derived(this.check !== null && (this.trusted || this.check.beats));
  /** What `ask` would ask about, or is still to ask about. */
  readonly plan: LlmPlan = $derived.by(() => planOf(this.#now, {
    answers: this.answers, routed: this.routed, reviewing: this.reviewing, spent: this.spent, secondsPerLine: this.check?.secondsPerLine ?? NaN,
  }));
  /** Where the vote was sure and the model says something else, those with most rows first: of routed sources, and of all while it reviews. */
  readonly disagreements: readonly LlmDisagreement[] = $derived.by(() => disagreementsOf(this.#now, this.answers));
  /** Sources of the open files, those with most rows first. */
  readonly sources: readonly LlmSource[] = $derived.by(() => sourcesOf(this.board.cells, this.routed));
  readonly counts: LlmCounts = $derived.by(() => countsOf(this.board.verdicts, this.answers));
  /** Something is under way that `cancel` stops. */
  readonly busy: boolean = $derived(this.stage !== 'none' && this.stage !== 'ready');
  protected readonly board: Board;

  constructor(board: Board) {
    this.board = board;
  }

  /** What is open, for the derivations; null where nothing is. */
  get #now(): OpenBoard | null {
    const { table, cells, verdicts, rules, texts, votes, threshold, stopped } = this.board;
    return table === null || cells === null || verdicts === null ? null : { table, cells, verdicts, rules, texts, votes, threshold, cancelled: stopped };
  }
}
