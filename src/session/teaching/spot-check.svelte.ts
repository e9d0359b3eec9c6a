import type { PatternTable } from '../../contract/pattern.ts';
import { NO_FILTER } from '../../contract/view.ts';
import type { RowView } from '../../contract/view.ts';
import { SPOT_ROWS, clopperPearson, drawRows } from '../../engine/teach/spot-check.ts';
import type { SpotRow } from '../../engine/teach/spot-check.ts';
import type { OpenLog } from './open-log.ts';
import type { Snapshot } from './snapshot.ts';
import type { Teaching } from './teaching.svelte.ts';

/** Rows read ahead of the one on screen. */
const AHEAD = 2;
const SEEDS = 1_000_000;

/** What a spot check has shown, as report, manifest and bundle tell it. */
export interface SpotResult {
  /** Rows judged right, of those judged at all. */
  readonly k: number;
  readonly n: number;
  /** 95 % interval of the share of right rows (Clopper–Pearson), 0…1. */
  readonly low: number;
  readonly high: number;
  readonly seed: number;
  /** Rows drawn; those that the person could not judge are left out of `n`. */
  readonly drawn: number;
  readonly perCategory: readonly { readonly label: string; readonly k: number; readonly n: number }[];
  /** When it ended, ISO 8601. */
  readonly date: string;
}

/** A drawn row with the verdict that is judged. */
export interface Judged {
  readonly row: RowView;
  readonly verdict: string;
  /** What it should be; the verdict itself where that is right; null: the person does not know. */
  readonly truth: string | null;
}

/** What the verdicts that were judged rest on. */
interface Basis {
  readonly table: PatternTable;
  readonly snapshot: Snapshot;
  readonly threshold: number;
  readonly files: OpenLog['files'];
}

type SpotParts = Pick<OpenLog, 'table' | 'verdicts' | 'threshold' | 'files' | 'rows'> & { readonly teaching: Pick<Teaching, 'snapshot' | 'label'> };

/** Rows drawn at random, judged one by one. */
export class SpotCheck {
  state = $state<'blank' | 'judging' | 'done'>('blank');
  seed = $state(0);
  drawn = $state.raw<readonly SpotRow[]>([]);
  judged = $state.raw<readonly Judged[]>([]);
  /** The row to be judged; null while it is read. */
  row = $state.raw<RowView | null>(null);
  /** It could not be read; the session has raised the alert. */
  failed = $state(false);
  readonly #parts: SpotParts;
  readonly #now: () => Date;
  #kept = $state.raw<{ readonly result: SpotResult; readonly basis: Basis } | null>(null);
  #basis = $state.raw<Basis | null>(null);
  #labels: readonly string[] = [];
  #ahead = new Map<number, Promise<RowView | null>>();

  readonly #random: () => number;

  /** @param random 0…1, for the seeds that are proposed */
  constructor(parts: SpotParts, now: () => Date = () => new Date(), random: () => number = Math.random) {
    this.#parts = parts;
    this.#now = now;
    this.#random = random;
    this.seed = this.#fresh();
  }

  /** Of the files that are open; null before the first. */
  get result(): SpotResult | null { return this.#kept !== null && this.#kept.basis.files === this.#parts.files ? this.#kept.result : null; }
  /** Something was taught, or the threshold moved, since: the verdicts that were judged are not those of now. */
  get stale(): boolean { return this.#kept !== null && !this.#holds(this.#kept.basis); }
  /** The draw that is being judged is of verdicts that have changed. */
  get outdated(): boolean { return this.#basis !== null && !this.#holds(this.#basis); }
  get verdict(): string { return this.#labels[this.drawn[this.judged.length]?.category] ?? ''; }

  /** Draws anew. */
  begin(seed = this.seed): void {
    const { table, verdicts, threshold, files, teaching } = this.#parts;
    if (table === null || verdicts === null) return;
    this.#labels = verdicts.labels;
    const rows = new Float64Array(verdicts.labels.length);
    for (let pattern = 0; pattern < table.count; pattern++) rows[verdicts.label[pattern]] += table.rows[pattern];
    this.seed = seed;
    this.drawn = drawRows(rows, seed, SPOT_ROWS);
    this.judged = [];
    this.#basis = { table, snapshot: teaching.snapshot, threshold, files };
    this.#ahead = new Map();
    this.state = 'judging';
    void this.#show();
  }

  /** @param truth the verdict itself where that is right; null: the person does not know */
  judge(truth: string | null): void {
    const { row, verdict } = this;
    if (this.state !== 'judging' || row === null) return;
    this.judged = [...this.judged, { row, verdict, truth }];
    if (this.judged.length < this.drawn.length) void this.#show();
    else this.#end();
  }

  /** Back to the row before. */
  back(): void {
    if (this.judged.length === 0 || this.state === 'blank') return;
    this.judged = this.judged.slice(0, -1);
    this.state = 'judging';
    void this.#show();
  }

  /** Back to the start; the last result is kept. Another seed is proposed: rows that were corrected would flatter the next result. */
  leave(): void {
    this.seed = this.#fresh();
    this.state = 'blank';
    this.#basis = null;
  }

  /** Patterns whose every judged row should be of one other category. */
  get corrections(): ReadonlyMap<number, string> {
    const byPattern = new Map<number, Set<string>>();
    for (const { row, truth } of this.judged) if (truth !== null) byPattern.set(row.pattern, (byPattern.get(row.pattern) ?? new Set<string>()).add(truth));
    const wrong = new Set(this.judged.filter(({ truth, verdict }) => truth !== null && truth !== verdict).map(({ row }) => row.pattern));
    return new Map([...byPattern].flatMap(([pattern, truths]) => (wrong.has(pattern) && truths.size === 1 ? [[pattern, [...truths][0]] as const] : [])));
  }

  /** Teaches what the check has found. The result is stale then. Nothing where files were read again since: patterns have other numbers. */
  async correct(): Promise<void> {
    if (this.#basis?.table !== this.#parts.table) return;
    const byLabel = new Map<string, number[]>();
    for (const [pattern, label] of this.corrections) byLabel.set(label, [...(byLabel.get(label) ?? []), pattern]);
    for (const [label, patterns] of byLabel) await this.#parts.teaching.label(patterns, label);
  }

  #fresh(): number {
    return Math.floor(this.#random() * SEEDS);
  }

  #holds(basis: Basis): boolean {
    const { table, threshold, files, teaching } = this.#parts;
    return basis.table === table && basis.snapshot === teaching.snapshot && basis.threshold === threshold && basis.files === files;
  }

  async #show(): Promise<void> {
    const { drawn, judged: { length: at } } = this;
    this.row = null;
    this.failed = false;
    for (let next = at + 1; next <= at + AHEAD && next < drawn.length; next++) void this.#read(next);
    const row = await this.#read(at);
    if (drawn !== this.drawn || at !== this.judged.length || this.state !== 'judging') return;
    this.row = row;
    this.failed = row === null;
  }

  /** Reads the row again that could not be read. */
  retry(): void {
    void this.#show();
  }

  #read(at: number): Promise<RowView | null> {
    let reading = this.#ahead.get(at);
    if (reading === undefined) {
      const { category, row } = this.drawn[at];
      reading = this.#parts.rows({ ...NO_FILTER, labels: [category] }, row, 1).then(([one]) => one ?? null, () => { this.#ahead.delete(at); return null; });
      this.#ahead.set(at, reading);
    }
    return reading;
  }

  #end(): void {
    if (this.#basis === null) return;
    const known = this.judged.filter(({ truth }) => truth !== null);
    const right = known.filter(({ truth, verdict }) => truth === verdict);
    const k = right.length, n = known.length;
    const perCategory = [...new Set(known.map(({ verdict }) => verdict))].sort().map((label) => ({
      label, k: right.filter(({ verdict }) => verdict === label).length, n: known.filter(({ verdict }) => verdict === label).length,
    }));
    this.#kept = { result: { k, n, ...clopperPearson(k, n), seed: this.seed, drawn: this.drawn.length, perCategory, date: this.#now().toISOString() }, basis: this.#basis };
    this.state = 'done';
  }
}
