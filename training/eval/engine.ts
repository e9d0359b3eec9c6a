import * as ort from 'onnxruntime-web/wasm';
import type { PatternTable } from '../../src/contract/pattern.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../src/contract/pattern.ts';
import type { ReadResult } from '../../src/contract/reader-api.ts';
import type { Rule } from '../../src/contract/rule.ts';
import type { VerdictColumns } from '../../src/contract/view.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { decide } from '../../src/engine/decide/decide.ts';
import { CLOSELY, Votes } from '../../src/engine/decide/votes.ts';
import { ModelService } from '../../src/engine/model/model-service.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { MODELS_BASE, diskFetcher } from '../disk-fetcher.ts';

/** The page's own engine in Node: same reader, same models (WebAssembly, one thread), same decisions. */
export class NodeEngine {
  private readonly models = new ModelService(ort, { threads: 1 }, diskFetcher);
  private opened = false;

  /** Reads a log and classifies all its patterns. */
  async run(bytes: Uint8Array<ArrayBuffer>, name: string, rules: readonly Rule[], threshold: number): Promise<EngineRun> {
    const reader = new ReaderService();
    const file = new File([bytes], name);
    const { dialect } = await reader.sniff(file);
    await reader.begin([file], [dialect], rules);
    while (!(await reader.step(1000)).done);
    const result = await reader.finish();
    const votes = await this.vote(result);
    const verdicts = decide(result.table, rules, votes, { threshold, ended: true });
    await reader.setVerdicts(verdicts);
    const patternOf = new Int32Array(result.entries);
    const lineOf = new Int32Array(result.entries);
    for (let from = 0; from < result.entries; from += 1000) {
      for (const row of await reader.rows(NO_FILTER, from, 1000)) {
        patternOf[row.row] = row.pattern;
        lineOf[row.row] = row.line;
      }
    }
    return { result, votes, verdicts, patternOf, lineOf };
  }

  private async vote({ table, texts }: ReadResult): Promise<Votes> {
    if (!this.opened) {
      await this.models.open(MODELS_BASE);
      await this.models.openEncoder('wasm');
      this.opened = true;
    }
    const votes = new Votes(table.count);
    const open = undecided(table);
    for (let from = 0; from < open.length; from += 16) {
      const batch = open.slice(from, from + 16);
      votes.set(batch, await this.models.vote(batch.map((pattern) => texts[pattern])), CLOSELY);
    }
    return votes;
  }
}

export interface EngineRun {
  readonly result: ReadResult;
  readonly votes: Votes;
  readonly verdicts: VerdictColumns;
  /** Pattern and first physical line (from 1) by row. */
  readonly patternOf: Int32Array;
  readonly lineOf: Int32Array;
}

/** All patterns with content get a vote, those decided by rules too, so that rules and model can be compared. */
function undecided(table: PatternTable): number[] {
  return Array.from({ length: table.count }, (_, pattern) => pattern).filter((pattern) => !(table.flags[pattern] & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW)));
}
