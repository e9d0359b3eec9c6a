import { EXAMPLE_CHARS } from '../../contract/pattern.ts';
import type { Rule } from '../../contract/rule.ts';
import type { RuleTrial } from '../../contract/teach.ts';
import { ENTRY_RECORD } from '../read/entry.ts';
import type { Entry } from '../read/entry.ts';
import { openReader } from '../read/formats.ts';
import type { RuleMatcher } from '../rules/compile-rules.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { ALWAYS, DEPENDS, KeyAnalysis } from '../rules/key-analysis.ts';
import { Feed } from './feed.ts';
import type { FinishedRun } from './finished-run.ts';

const MOST_EXAMPLES = 8;
const decoder = new TextDecoder();

/**
 * Tells what a rule would do if it stood first: keys whose masked text settles it count at once, the rows of others are read
 * again, in one pass over the files.
 */
export class RuleTrialJob {
  private readonly run: FinishedRun;
  private readonly matcher: RuleMatcher;
  /** Patterns that a person has labelled. */
  private readonly settled: ReadonlySet<number>;
  /** By key. */
  private readonly answers: Uint8Array;
  /** Rows to be read again, and of those how many have been. */
  private open = 0;
  private passed = 0;
  private rows = 0;
  private taught = 0;
  private readonly taken = new Map<number, number>();
  private readonly examples = new Map<number, string>();
  private file = -1;
  private feed: Feed | null = null;
  private row = 0;
  private stopped = false;

  /** @throws RuleError if the rule cannot be used */
  constructor(run: FinishedRun, rule: Rule, taught: readonly number[]) {
    this.run = run;
    this.settled = new Set(taught);
    this.matcher = compileRules([rule]);
    const { keys } = run.scan;
    const analysis = new KeyAnalysis(rule);
    this.answers = Uint8Array.from({ length: keys.count }, (_, key) => (keys.overflow[key] ? DEPENDS : analysis.of(keys.textBytes(key), keys.lost[key])));
    for (let key = 0; key < keys.count; key++) {
      // Only a baseline has such rows.
      if (keys.rows[key] === 0) continue;
      if (this.answers[key] === DEPENDS) this.open += keys.rows[key];
      else if (this.answers[key] === ALWAYS) this.count(key, keys.rows[key], () => keys.example(key));
    }
  }

  /** Goes on for about `budget` ms. @throws Failure 'file-unreadable' | 'file-changed'; the trial is closed then */
  async step(budget: number): Promise<RuleTrial> {
    const until = performance.now() + budget;
    try {
      while (this.passed < this.open && !this.stopped) {
        await this.advance();
        if (performance.now() >= until) break;
      }
    } catch (error) {
      this.close();
      throw error;
    }
    if (this.passed === this.open) this.close();
    return this.soFar();
  }

  close(): void {
    this.stopped = true;
    if (this.feed !== null && !this.feed.done) this.feed.close();
  }

  private soFar(): RuleTrial {
    const total = this.run.scan.rows.count;
    const { rules } = this.run.setup;
    const taken = [...this.taken].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([rule, rows]) => ({ rule: rules[rule].id, rows }));
    return { seen: total - (this.open - this.passed), total, rows: this.rows, taken, taught: this.taught, examples: [...this.examples.values()], done: this.stopped };
  }

  private async advance(): Promise<void> {
    if (this.feed === null || this.feed.done) {
      const input = this.run.inputs[++this.file];
      if (input === undefined) {
        this.stopped = true;
        return;
      }
      this.feed = new Feed(input.source, openReader(input.dialect));
    }
    await this.feed.advance(this.visit);
  }

  private readonly visit = (entry: Entry): void => {
    const { rows } = this.run.scan;
    if (entry.kind !== ENTRY_RECORD || this.row >= rows.count) return;
    const block = rows.blockOf(this.row);
    const key = block.keys[this.row++ - block.firstRow];
    if (this.answers[key] !== DEPENDS) return;
    this.passed++;
    const { text, messageStart, messageEnd } = entry;
    if (this.matcher.match(text, messageStart, messageEnd) >= 0) this.count(key, 1, () => decoder.decode(text.subarray(messageStart, Math.min(messageEnd, messageStart + EXAMPLE_CHARS))));
  };

  /** Counts rows of a key that match. */
  private count(key: number, rows: number, message: () => string): void {
    const { scan, merged, setup } = this.run;
    const pattern = merged.patternOf[key];
    this.rows += rows;
    const now = scan.keys.rule[key];
    // Labelled patterns stay as they are, and so do splits.
    if (this.settled.has(pattern) || setup.rules[now]?.part !== undefined) this.taught += rows;
    else if (now >= 0) this.taken.set(now, (this.taken.get(now) ?? 0) + rows);
    if (this.examples.size < MOST_EXAMPLES && !this.examples.has(pattern)) this.examples.set(pattern, message());
  }
}
