import type { LlmCheck, LlmModel, LlmSaid, LlmStored } from '../../contract/llm.ts';
import type { LlmMachine, LlmReady } from '../../contract/llm-api.ts';

/** `none`: no model is loaded; `ready`: one is, and has been tried. */
export type LlmStage = 'none' | 'fetching' | 'loading' | 'checking' | 'ready' | 'asking';

export interface LlmProgress {
  readonly done: number;
  /** 0 = not known. */
  readonly total: number;
  readonly unit: 'bytes' | 'percent' | 'lines' | 'patterns';
  /** What is being done, in words. */
  readonly what: string;
  /** Seconds that are left; NaN while nobody knows. */
  readonly left: number;
}

/** What an answer run would ask, or is asking. */
export interface LlmPlan {
  /** Patterns still to be asked about, those with most rows first. */
  readonly patterns: readonly number[];
  readonly rows: number;
  /** NaN before a trial. */
  readonly seconds: number;
}

/** A sure verdict of the vote that the model does not share. */
export interface LlmDisagreement {
  readonly pattern: number;
  readonly vote: string;
  readonly said: LlmSaid;
}

/** Lines of a trial that a person may choose. */
export const CHECK_SIZES = [12, 24, 48] as const;
export type CheckSize = (typeof CHECK_SIZES)[number];

/**
 * The language model on the person's own machine: where it comes from, how it did on known lines, what it says of patterns.
 * Nothing of a runtime is loaded before the person asks for a model.
 */
export class LanguageModel {
  stage = $state<LlmStage>('none');
  progress = $state.raw<LlmProgress | null>(null);
  /** What this browser offers; null until a model is asked for. */
  machine = $state.raw<LlmMachine | null>(null);
  /** Models that can be fetched: those listed, those of this site, the person's own addresses. */
  offered = $state.raw<readonly LlmModel[]>([]);
  /** Models that are kept in this browser. */
  stored = $state.raw<readonly LlmStored[]>([]);
  model = $state.raw<LlmModel | null>(null);
  loaded = $state.raw<LlmReady | null>(null);
  check = $state.raw<LlmCheck | null>(null);
  checkSize = $state<CheckSize>(24);
  /** The person wants its answers to count though it did not beat the others. */
  trusted = $state(false);
  /** Names of sources whose patterns go to it, whatever the vote says. */
  routed = $state.raw<readonly string[]>([]);
  /** It also looks at what the vote was sure of. */
  reviewing = $state(false);
  /** Its answers so far, by pattern. */
  answers = $state.raw<ReadonlyMap<number, LlmSaid>>(new Map());
  /** What went wrong last, in words; '' = nothing. */
  failure = $state('');
}
