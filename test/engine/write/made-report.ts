import type { PatternTable } from '../../../src/contract/pattern.ts';
import type { VerdictColumns } from '../../../src/contract/view.ts';
import type { Data } from '../../../src/engine/summary/data.ts';
import { manifestInput, manifestUnread } from '../../../src/engine/write/manifest.ts';
import type { Manifest } from '../../../src/engine/write/manifest.ts';
import type { ReportFacts, ReportWords } from '../../../src/engine/write/report/facts.ts';
import { csvDialect } from '../read/reading.ts';

/** Four patterns from two sources over four minutes; the first text is whatever the test wants. */
export function madeData(text: string): Data {
  const four = (values: readonly number[]): Float64Array => Float64Array.from(values);
  const table: PatternTable = {
    count: 4, texts: [text, 'b <num>', 'c', 'd'], examples: [`raw ${text}`, 'b 17', 'c', 'd'], rows: four([5, 3, 2, 1]), firstRow: four([0, 1, 2, 3]), lastRow: four([9, 8, 7, 6]),
    firstTime: four([0, 0, 60_000, 120_000]), lastTime: four([180_000, 60_000, 60_000, 120_000]), level: Uint8Array.of(6, 0, 0, 0), http: new Uint8Array(4), rule: new Int16Array(4).fill(-1), flags: new Uint8Array(4),
  };
  const verdicts: VerdictColumns = {
    labels: ['Security Alert', 'Error', 'Unclassified'], label: Uint8Array.of(0, 1, 2, 2), guess: Uint8Array.of(0, 1, 1, 255), confidence: Float32Array.of(0.9, 1, 0.3, 0), decider: Uint8Array.of(2, 0, 4, 4),
    unsure: Uint8Array.of(0, 0, 1, 2), final: Uint8Array.of(1, 1, 1, 1), problem: Uint8Array.of(1, 1, 0, 0),
  };
  const cells = {
    pattern: Uint32Array.of(0, 0, 1, 2, 3), source: Uint16Array.of(1, 2, 1, 2, 2), bin: Uint16Array.of(0, 3, 1, 1, 2), rows: four([1, 4, 3, 2, 1]), sources: ['', text, 'web'],
    axis: { kind: 'time' as const, start: 0, width: 60_000, bins: 4 }, untimed: 0,
  };
  return { table, cells, verdicts };
}

export function madeManifest(name: string): Manifest {
  return {
    format: 'winnow-manifest', version: 1, createdAt: '2026-01-02T03:04:05.678Z', madeBy: 'Winnow', build: 'cd'.repeat(32),
    inputs: [manifestInput({ name, size: 1234, sha256: 'ab'.repeat(32) }, csvDialect(['message', name], { yearless: true, zoneless: true }))], comparedWith: [],
    lines: 13, entries: 11, complete: true, provisionalRows: 0, unread: manifestUnread([{ file: 0, line: 7, reason: 'long-row', detail: 'secret text' }], 1, [name]), outputs: [],
    decisions: { threshold: 0.5, backend: 'wasm', threads: 4, encoder: name, models: [], addedModels: [], languageModel: null, rules: { sha256: 'cd'.repeat(32), count: 3, own: 1, off: 0, splits: 0 }, corrections: { corrected: 2, confirmed: 1 } },
    spotCheck: { correct: 48, judged: 50, low: 0.8629, high: 0.9951, seed: 1, date: '2026-01-02T00:00:00Z' },
  };
}

export function madeFacts(text: string, more: Partial<ReportFacts> = {}): ReportFacts {
  return { data: madeData(text), manifest: madeManifest(text), reason: () => `because ${text}`, hide: (one) => one, examples: false, compared: { name: text, patterns: [{ pattern: 1, change: 'new' }] }, ...more };
}

/** Plain words, for tests that are not about them. */
export const PLAIN_WORDS: ReportWords = {
  visible: (text) => text, count: String, share: (part, whole) => `${Math.round((100 * part) / whole)} %`, bytes: (n) => `${n} bytes`, span: () => 'then', timeWriter: () => (time) => new Date(time).toISOString().slice(11, 19),
  colourOf: () => ({ light: '#112233', dark: '#ddeeff' }), letterOf: (label) => label[0],
};
