import type { LlmSaid } from '../../contract/llm.ts';

/** `none`: no model is loaded; `ready`: one is (tried where `check` is not null); `keeping`: a copy is on its way into this browser. */
export type LlmStage = 'none' | 'fetching' | 'loading' | 'checking' | 'ready' | 'asking' | 'keeping';

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
  /** Patterns still to be asked about, those with most rows first; of those that read alike only one. */
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

/** A source of the open files, for the choice of those that go to the model. */
export interface LlmSource {
  readonly name: string;
  readonly rows: number;
  readonly routed: boolean;
}

/** What came of the answers so far. All by pattern. */
export interface LlmCounts {
  readonly asked: number;
  /** Whose verdict is the model's. */
  readonly decided: number;
  /** Its answer was no category. */
  readonly unanswered: number;
}

/** Lines of a trial that a person may choose. */
export const CHECK_SIZES = [12, 24, 48] as const;
export type CheckSize = (typeof CHECK_SIZES)[number];
