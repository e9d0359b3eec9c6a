import { CATEGORIES } from '../../contract/category.ts';
import type { LlmQuestion } from '../../contract/llm-api.ts';
import type { CheckLine } from '../../contract/llm.ts';
import type { ExampleView } from '../../contract/model-api.ts';
import type { Cells } from '../../contract/pattern.ts';
import { checkLinesOfTaught, corpusNearest, nearestOf } from '../../engine/llm/nearest-taught.ts';
import type { CorpusExample } from '../../engine/llm/nearest-taught.ts';
import { NEAREST_SHOWN, contextFor, questionFor, subjectOf, systemText } from '../../engine/llm/question.ts';
import type { LlmParts } from './llm-parts.ts';

/** So many tokens a model may write before it answers, if it reasons. */
const REASONING_TOKENS = 600;
/** So many corrections make a trial; with fewer it is made on lines of the corpus. */
const TAUGHT_MIN = 12;
/** Messages looked up for each pattern: more than are shown, since some may be the same. */
const NEAREST_ASKED = NEAREST_SHOWN + 3;

export type QuestionParts = Pick<LlmParts, 'board' | 'categories' | 'taught' | 'nearest' | 'examples' | 'checkLines' | 'sampleRows'>;

/** Puts together what a model is asked: about patterns of the open files, and about known lines. */
export class Questions {
  readonly #parts: QuestionParts;
  /** Labelled messages of the corpus looked up so far, by index. */
  readonly #examples = new Map<number, ExampleView>();

  constructor(parts: QuestionParts) {
    this.#parts = parts;
  }

  /** Names of the categories: the only answers there are. */
  get answers(): readonly string[] {
    return this.#categories.map(({ name }) => name);
  }

  /** Room that all questions need with the categories of now. */
  context(reasons: boolean): number {
    return contextFor(systemText(this.#categories), reasons ? REASONING_TOKENS : 0);
  }

  /** About a pattern of the open files. A row that cannot be read again is left out. @throws Failure as of ModelApi */
  async about(pattern: number, reasons: boolean): Promise<LlmQuestion> {
    const { board, taught } = this.#parts;
    const { table, texts, cells, votes } = board;
    if (table === null) throw new Error('nothing is open');
    const vector = votes.vectors[pattern] ?? null;
    const row = table.lastRow[pattern], first = table.examples[pattern];
    const [labelled, [corpus], last] = await Promise.all([
      taught(), this.#corpus([vector]),
      table.firstRow[pattern] === row ? [] : this.#parts.sampleRows([row]).catch(() => []),
    ]);
    return this.#question({
      ...texts[pattern], text: table.texts[pattern], sources: sourceNames(cells, pattern), examples: [first, ...(board.table === table ? last : []).map(({ message }) => message)],
      nearest: nearestOf(texts[pattern], vector, labelled, corpus),
    }, reasons);
  }

  /** About a known line, as if nothing else were known of it. */
  aboutLine(line: CheckLine, reasons: boolean): LlmQuestion {
    return this.#question(subjectOf(line), reasons);
  }

  /** Lines for a trial: the person's corrections, each without itself, where there are enough, else those of the corpus. @throws Failure as of ModelApi */
  async known(): Promise<{ readonly from: 'corrections' | 'corpus'; readonly lines: readonly CheckLine[] }> {
    const { votes } = this.#parts.board;
    const taught = await this.#parts.taught().catch(() => []);
    const here = taught.filter(({ pattern, vector }) => pattern >= 0 && vector !== null);
    if (here.length >= TAUGHT_MIN) {
      const corpus = await this.#corpus(here.map(({ vector }) => vector));
      const places = new Map(here.map(({ pattern }, at) => [pattern, at]));
      const lines = checkLinesOfTaught(taught, votes, (pattern) => corpus[places.get(pattern) ?? -1] ?? []);
      if (lines.length >= TAUGHT_MIN) return { from: 'corrections', lines };
    }
    return { from: 'corpus', lines: await this.#parts.checkLines() };
  }

  get #categories(): readonly { readonly name: string; readonly meaning: string }[] {
    return [...CATEGORIES, ...this.#parts.categories()];
  }

  #question(subject: Parameters<typeof questionFor>[0], reasons: boolean): LlmQuestion {
    return questionFor(subject, systemText(this.#categories), this.answers, reasons ? REASONING_TOKENS : 0);
  }

  /** Nearest messages of the corpus to each vector; none to what the encoder has not read. */
  async #corpus(vectors: readonly (Float32Array | null)[]): Promise<CorpusExample[][]> {
    const read = vectors.filter((vector) => vector !== null);
    if (read.length === 0) return vectors.map(() => []);
    const dims = read[0].length;
    const all = new Float32Array(read.length * dims);
    read.forEach((vector, at) => all.set(vector, at * dims));
    const nearest = await this.#parts.nearest(all, NEAREST_ASKED);
    const missing = [...new Set(nearest.indices)].filter((index) => index >= 0 && !this.#examples.has(index));
    if (missing.length > 0) (await this.#parts.examples(missing)).forEach((example, at) => this.#examples.set(missing[at], example));
    let at = 0;
    return vectors.map((vector) => (vector === null ? [] : corpusNearest(nearest, NEAREST_ASKED, at++, this.#examples)));
  }
}

/** Names of a pattern's sources, that with most rows first. */
function sourceNames(cells: Cells | null, pattern: number): string[] {
  const rows = new Map<number, number>();
  cells?.pattern.forEach((one, at) => { if (one === pattern) rows.set(cells.source[at], (rows.get(cells.source[at]) ?? 0) + cells.rows[at]); });
  return [...rows].sort(([a, m], [b, n]) => n - m || a - b).map(([source]) => cells?.sources[source] ?? '').filter((name) => name !== '');
}
