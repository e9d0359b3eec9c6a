import type { LlmCheck, LlmSaid } from '../../contract/llm.ts';

/** A language model's answer to a pattern, with what it is worth. */
export interface Answered extends LlmSaid {
  /** Probability that it is right, by the trial on known lines; not the model's own words. */
  readonly confidence: number;
}

/** Everything about verdicts that comes from a language model. */
export interface Asked {
  /** As the person knows the model. */
  readonly model: string;
  /** By pattern number. */
  readonly said: ReadonlyMap<number, Answered>;
  /** Its answers decide, since it was clearly better than nearest neighbour and vote on known lines, or because the person wants it so; else they are only shown. */
  readonly believed: boolean;
  /** Patterns of sources that the person routed to it: there its word goes before the vote's. */
  readonly routed: ReadonlySet<number>;
  /** The trial that its confidence comes from; null where there was none. */
  readonly check: LlmCheck | null;
}

export const NOTHING_ASKED: Asked = { model: '', said: new Map(), believed: false, routed: new Set(), check: null };
