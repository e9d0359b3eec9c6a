import { UNCLASSIFIED_CODE } from '../../contract/category.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import type { AskMe } from '../../contract/teach-api.ts';
import { NO_GUESS } from '../../contract/view.ts';
import type { RowView } from '../../contract/view.ts';
import type { OpenLog } from './open-log.ts';
import type { Teaching } from './teaching.svelte.ts';

/** Below this share of all rows an answer is not worth the click; the person may go on all the same. */
export const ENOUGH = 0.001;
/** Cards looked up ahead of the one on screen. */
const AHEAD = 3;
const EXAMPLES = 3;
/** So long the next card waits for what the models make of the answer; then the one looked up ahead is shown (ms). Keys pressed within it were meant for the last card. */
const WAIT_MS = 90;

export interface Card extends AskMe {
  /** Rows chosen to differ; null while they are read again. */
  readonly examples: readonly RowView[] | null;
}

/** What the last answer did. */
export interface Answered {
  readonly rows: number;
  readonly label: string;
  /** Other patterns that follow it; null while that is worked out. */
  readonly others: number | null;
}

type AskingParts = Pick<OpenLog, 'table' | 'verdicts' | 'ask'> & { readonly teaching: Pick<Teaching, 'ask' | 'label' | 'confirm' | 'undo' | 'dismiss' | 'changes'> };

/** Asks about one pattern at a time, the one whose answer is worth most. What comes next is looked up while the person reads. */
export class Asking {
  state = $state<'working' | 'asking' | 'enough' | 'nothing' | 'failed'>('working');
  /** Why it failed. */
  reason = $state('');
  card = $state.raw<Card | null>(null);
  /** Answers given so far to what is open. */
  answered = $state(0);
  skipped = $state(0);
  done = $state.raw<Answered | null>(null);
  /** Share of all rows that a further answer would put right. */
  gain = $state(0);
  /** The answer that was just given, until the next card is there; '' else. */
  chosen = $state('');
  readonly #session: AskingParts;
  readonly #painted: () => Promise<unknown>;
  #table: PatternTable | null = null;
  #ranking: readonly AskMe[] = [];
  #examples = new Map<number, readonly RowView[]>();
  readonly #left = new Set<number>();
  readonly #trail: { readonly card: Card; readonly skipped: boolean }[] = [];
  /** The person wants to go on though little is to be gained. */
  #beyond = false;
  #turn = 0;
  #between = false;

  /** @param painted resolves once what has changed is on screen: the page behind is drawn anew by each answer, and must not keep the card from saying so */
  constructor(session: AskingParts, painted: () => Promise<unknown> = () => new Promise((resolve) => setTimeout(resolve))) {
    this.#session = session;
    this.#painted = painted;
  }

  /** Whether there is anything to take back. */
  get undoes(): boolean { return this.answered + this.skipped > 0; }

  /** Opens anew, where it was left off if the same is still open. */
  async start(): Promise<void> {
    const { table } = this.#session;
    if (table !== this.#table) this.#forget(table);
    this.done = null;
    this.card = null;
    this.#beyond = this.#between = false;
    this.state = 'working';
    await this.#rank();
  }

  /** The pattern on the card is of this category. */
  async answer(label: string): Promise<void> {
    const { card } = this;
    const { table } = this.#session;
    if (card === null || this.#between || table === null) return;
    if (table !== this.#table) return this.start();
    const done: Answered = { rows: table.rows[card.pattern], label, others: null };
    const taught = this.#painted().then(() => this.#teach(card.pattern, label, done));
    this.#trail.push({ card, skipped: false });
    this.answered++;
    this.done = done;
    this.chosen = label;
    await this.#turnOver(this.#rank(taught));
  }

  /** The person does not know. */
  async skip(): Promise<void> {
    const { card } = this;
    if (card === null || this.#between) return;
    if (this.#session.table !== this.#table) return this.start();
    this.#trail.push({ card, skipped: true });
    this.#left.add(card.pattern);
    this.skipped++;
    this.done = null;
    await this.#turnOver(this.#rank());
  }

  /** Back to the card before, its answer taken back. */
  async undo(): Promise<void> {
    if (this.#between) return;
    // Files were read again: numbers of patterns on cards mean others now.
    if (this.#session.table !== this.#table) return this.start();
    const last = this.#trail.pop();
    if (last === undefined) return;
    this.done = null;
    this.card = last.card;
    this.state = 'asking';
    if (last.skipped) {
      this.skipped--;
      this.#left.delete(last.card.pattern);
      return this.#rank();
    }
    this.answered--;
    await this.#rank(this.#session.teaching.undo());
  }

  /** Asks on though little is to be gained. */
  goOn(): void {
    this.#beyond = true;
    this.#next();
  }

  async #teach(pattern: number, label: string, done: Answered): Promise<void> {
    const { table, teaching } = this.#session;
    if (table !== this.#table) return;
    const taught = this.#follows(pattern, label) ? teaching.confirm([pattern]) : teaching.label([pattern], label);
    // The card says what came of it; no other notice is needed.
    teaching.dismiss();
    await taught;
    if (this.done === done) this.done = { ...done, others: teaching.changes?.patterns.length ?? 0 };
  }

  /** Whether the answer is what the pattern's verdict, or its best guess, says already. */
  #follows(pattern: number, label: string): boolean {
    const { verdicts } = this.#session;
    if (verdicts === null) return false;
    const sure = verdicts.label[pattern] !== UNCLASSIFIED_CODE;
    const code = sure || verdicts.guess[pattern] === NO_GUESS ? verdicts.label[pattern] : verdicts.guess[pattern];
    return code !== UNCLASSIFIED_CODE && verdicts.labels[code] === label;
  }

  async #turnOver(ranked: Promise<void>): Promise<void> {
    this.#between = true;
    await Promise.race([ranked, new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
    this.#between = false;
    this.chosen = '';
    // Where the ranking came in time it has shown the next card already.
    if (this.card !== null && this.#waits) this.#next(false);
    await ranked;
  }

  /** Ranks what is left once `after` is done, and shows it where something is waited for. */
  async #rank(after: Promise<unknown> = Promise.resolve()): Promise<void> {
    const turn = ++this.#turn;
    const { teaching } = this.#session;
    try {
      await after;
      const ranking = await teaching.ask(AHEAD + 1, this.#left);
      if (turn !== this.#turn) return;
      this.#ranking = ranking;
      this.gain = ranking[0]?.gain ?? 0;
      for (const { pattern } of ranking) void this.#look(pattern);
      const worth = this.gain >= ENOUGH || this.#beyond;
      // A card that is being read stays, unless no answer is worth the click any more.
      if (this.#waits || (this.state === 'asking' && !worth && this.answered > 0)) this.#next();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.card = null;
      this.reason = error instanceof Error ? error.message : String(error);
      this.state = 'failed';
    }
  }

  /** No card is on screen but the one that was just answered. */
  get #waits(): boolean {
    return this.card === null || this.card.pattern === this.#trail.at(-1)?.card.pattern;
  }

  /** @param fresh the ranking is that of now */
  #next(fresh = true): void {
    const settled = new Set(this.#trail.map(({ card }) => card.pattern));
    const left = this.#ranking.filter(({ pattern, gain }) => !settled.has(pattern) && gain > 0);
    const best = left.find(({ pattern }) => this.#examples.has(pattern)) ?? left[0];
    const worth = best !== undefined && (this.#beyond || Math.max(...left.map(({ gain }) => gain)) >= ENOUGH);
    this.card = worth ? { ...best, examples: this.#examples.get(best.pattern) ?? null } : null;
    this.state = worth ? 'asking' : !fresh ? 'working' : best === undefined ? 'nothing' : 'enough';
  }

  /** Reads the examples of a pattern, once. */
  async #look(pattern: number): Promise<void> {
    if (this.#examples.has(pattern)) return;
    const table = this.#table;
    const examples = await this.#session.ask((api) => api.examples(pattern, EXAMPLES)).catch(() => []);
    if (table !== this.#table) return;
    this.#examples.set(pattern, examples);
    if (this.card?.pattern === pattern) this.card = { ...this.card, examples };
  }

  #forget(table: PatternTable | null): void {
    this.#table = table;
    this.#ranking = [];
    this.#examples = new Map();
    this.#left.clear();
    this.#trail.length = 0;
    this.answered = this.skipped = 0;
  }
}
