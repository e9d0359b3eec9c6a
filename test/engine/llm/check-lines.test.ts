import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import { failureCode } from '../../../src/contract/failure.ts';
import type { CheckLine } from '../../../src/contract/llm.ts';
import { EXAMPLE_LENGTH } from '../../../src/engine/classify/examples.ts';
import { CHECK_LINES_PATH, readCheckLines, writeCheckLines } from '../../../src/engine/llm/check-lines.ts';
import { ModelService } from '../../../src/engine/model/model-service.ts';
import { maskMessage } from '../../../src/engine/patterns/mask.ts';
import { readCorpus } from '../../../training/classify/corpus.ts';
import { MODELS_BASE, diskFetcher } from '../../../training/disk-fetcher.ts';

const FILE = readFileSync(new URL(`../../../public/models/${CHECK_LINES_PATH}`, import.meta.url));
const EXAMPLES = [{ message: 'disk full', label: 'Error' }, { message: 'User logged in', label: 'User Action' }];
const LINE = { text: 'a', level: 3, label: 'Error', vote: 'User Action', voteConfidence: 0.5, nearest: [1, 0] };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the shipped lines', () => {
  let lines: readonly CheckLine[];

  beforeAll(async () => {
    const models = new ModelService(ort, { threads: 1 }, diskFetcher);
    await models.open(MODELS_BASE);
    // Neither encoder nor heads have been asked for.
    lines = await models.checkLines();
  });

  test('are of all categories alike, half of them where the vote is unsure', () => {
    expect(lines).toHaveLength(96);
    for (const name of CATEGORY_NAMES) expect([10, 11]).toContain(lines.filter(({ label }) => label === name).length);
    expect(lines.filter(({ voteConfidence }) => voteConfidence < 0.6)).toHaveLength(48);
    expect(new Set(lines.map(({ text }) => maskMessage(text))).size).toBe(96);
  });

  test('are of all families alike, and what is shown beside them is of others', () => {
    const corpus = readCorpus();
    const familiesOf = new Map<string, Set<string>>();
    for (const { message, family } of corpus.messages) {
      const start = [...message].slice(0, EXAMPLE_LENGTH).join('').replace(/[\r\n]+/g, ' ');
      familiesOf.set(start, (familiesOf.get(start) ?? new Set()).add(family));
    }
    const counts = new Map<string, number>();
    for (const { text, label, nearest } of lines) {
      const own = corpus.messages.filter(({ message }) => message === text);
      expect(own.map((message) => message.label)).toContain(label);
      const [{ family }] = own;
      counts.set(family, (counts.get(family) ?? 0) + 1);
      expect(nearest).toHaveLength(5);
      for (const { message } of nearest) expect([...familiesOf.get(message) ?? []].some((other) => other !== family), `${text} beside ${message}`).toBe(true);
    }
    expect(counts.size).toBe(new Set(corpus.families).size);
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(2);
  });

  test('are not all easy, nor all hard, for those who answer without a language model', () => {
    const right = (some: readonly CheckLine[]): number => some.filter(({ vote, label }) => vote === label).length / some.length;
    const unsure = lines.filter(({ voteConfidence }) => voteConfidence < 0.6);
    const sure = lines.filter(({ voteConfidence }) => voteConfidence >= 0.6);
    expect(right(unsure)).toBeGreaterThan(0.15);
    expect(right(unsure)).toBeLessThan(0.75);
    expect(right(sure)).toBeGreaterThan(right(unsure));
  });

  test('cost next to nothing where they are not used', () => expect(FILE.length).toBeLessThan(40_000));
});

describe('a file of lines', () => {
  test('gives what was written, with the messages that the numbers mean', () => {
    expect(readCheckLines(bytes(writeCheckLines([LINE, { ...LINE, text: 'b', nearest: [] }])), EXAMPLES)).toEqual([
      { ...LINE, nearest: [EXAMPLES[1], EXAMPLES[0]] }, { ...LINE, text: 'b', nearest: [] },
    ]);
  });

  test.each<readonly [string, string]>([
    ['no JSON', 'lines'], ['null', 'null'], ['another version', '{"version":2,"lines":[]}'], ['no lines', '{"version":1}'],
    ...Object.entries({ text: '', level: 10, label: 'Weather', vote: 'Unclassified', voteConfidence: 1.5, nearest: [2] })
      .map(([field, value]) => [`a wrong ${field}`, JSON.stringify({ version: 1, lines: [{ ...LINE, [field]: value }] })] as const),
    ['a line that is none', '{"version":1,"lines":[null]}'],
  ])('that is not of this version is refused: %s', (_, text) => {
    let code = '';
    try {
      readCheckLines(bytes(text), EXAMPLES);
    } catch (error) {
      code = failureCode(error);
    }
    expect(code).toBe('model-runtime');
  });
});
