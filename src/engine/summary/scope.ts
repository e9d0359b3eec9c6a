import { NO_BIN } from '../../contract/pattern.ts';
import type { Filter } from '../../contract/view.ts';
import type { Data } from './data.ts';

/** A filter compiled to look-ups, so that a pass over cells costs three comparisons per cell. */
export interface Scope {
  /** 1 per pattern that the filter lets through. */
  readonly pattern: Uint8Array;
  /** 1 per source that the filter lets through. */
  readonly source: Uint8Array;
  /** Inclusive. Without a range NO_BIN is inside; the range [NO_BIN, NO_BIN] selects the entries without a time. */
  readonly firstBin: number;
  readonly lastBin: number;
  /** By pattern: rows with one of the true labels asked for; null where none is asked for. */
  readonly truthRows: Float64Array | null;
}

/** Finds text without regard to case; the text is not a pattern. */
export function textFinder(text: string): (candidate: string) => boolean {
  if (text === '') return () => true;
  const expression = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'iu');
  return (candidate) => expression.test(candidate);
}

function patternPasses({ table, verdicts }: Data, filter: Filter, truthRows: Float64Array | null): Uint8Array {
  const pass = new Uint8Array(table.count);
  const labels = filter.labels === null ? null : new Set(filter.labels);
  const finds = textFinder(filter.text);
  const wanted = filter.patterns === null ? null : new Set(filter.patterns);
  for (let p = 0; p < table.count; p++) {
    if (wanted !== null && !wanted.has(p)) continue;
    if (truthRows !== null && truthRows[p] === 0) continue;
    if (filter.problemsOnly && verdicts.problem[p] === 0) continue;
    if (labels !== null && !labels.has(verdicts.label[p])) continue;
    if (filter.text !== '' && !finds(table.texts[p]) && !finds(table.examples[p])) continue;
    pass[p] = 1;
  }
  return pass;
}

function truthRowsOf({ table, truth }: Data, truths: readonly number[]): Float64Array {
  const rows = new Float64Array(table.count);
  const wanted = new Set(truths);
  truth?.rows.forEach((n, i) => {
    if (wanted.has(truth.label[i])) rows[truth.pattern[i]] += n;
  });
  return rows;
}

/** Compiles `filter` for the given data. */
export function scopeOf(data: Data, filter: Filter): Scope {
  const source = new Uint8Array(data.cells.sources.length);
  if (filter.sources === null) source.fill(1);
  else for (const s of filter.sources) source[s] = 1;
  const truthRows = filter.truths === null ? null : truthRowsOf(data, filter.truths);
  return {
    pattern: patternPasses(data, filter, truthRows),
    truthRows,
    source,
    firstBin: filter.bins === null ? 0 : filter.bins[0],
    lastBin: filter.bins === null ? NO_BIN : filter.bins[1],
  };
}
