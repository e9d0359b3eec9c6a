import { failureCode } from '../../contract/failure.ts';
import type { Rule } from '../../contract/rule.ts';
import type { RuleTrial } from '../../contract/teach.ts';
import { checkRule } from '../../engine/rules/check-rule.ts';
import type { OpenLog } from './open-log.ts';
import type { Teaching } from './teaching.svelte.ts';

/** A pause in typing before a rule is tried (ms). */
const PAUSE_MS = 250;
/** A step of a trial (ms); counts on screen move at this pace. */
const STEP_MS = 80;

type TrialParts = Pick<OpenLog, 'ask'> & { readonly teaching: Pick<Teaching, 'said'> };

/** Tries a rule while it is written: what it would match and take, counted step by step. Only the latest text counts. */
export class RuleTesting {
  /** Of the rule as it stood when it was last tried; null before. */
  result = $state.raw<RuleTrial | null>(null);
  /** Why the rule cannot be used, as a sentence; '' if it can. */
  reason = $state('');
  /** The result is not yet that of the rule as it stands. */
  pending = $state(false);
  readonly #parts: TrialParts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** One trial at a time: a step that is under way is waited for. */
  #work: Promise<void> = Promise.resolve();

  constructor(parts: TrialParts) {
    this.#parts = parts;
  }

  /** Tries this rule once typing rests, dropping an earlier trial. */
  try(rule: Rule): void {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    this.reason = checkRule(rule) ?? '';
    this.pending = this.reason === '';
    if (this.reason !== '') this.result = null;
    else this.#timer = setTimeout(() => { this.#work = this.#work.then(() => this.#run(rule, turn)); }, PAUSE_MS);
  }

  /** Drops the trial that is under way. */
  stop(): void {
    this.#turn++;
    clearTimeout(this.#timer);
    this.pending = false;
    this.result = null;
    this.reason = '';
    this.#work = this.#work.then(() => this.#parts.ask((api) => api.endTrial())).catch(() => undefined);
  }

  async #run(rule: Rule, turn: number): Promise<void> {
    if (turn !== this.#turn) return;
    const taught = [...this.#parts.teaching.said.keys()];
    try {
      await this.#parts.ask((api) => api.beginTrial(rule, taught));
      for (let done = false; !done; ) {
        if (turn !== this.#turn) return;
        const result = await this.#parts.ask((api) => api.trialStep(STEP_MS));
        if (turn !== this.#turn) return;
        this.result = result;
        this.pending = false;
        done = result.done;
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      this.pending = false;
      this.reason = error instanceof Error ? `it could not be tried (${failureCode(error)}): ${error.message}` : String(error);
    }
  }
}
