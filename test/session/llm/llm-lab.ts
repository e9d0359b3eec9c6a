import { Lane } from '../../../src/bridge/lane.ts';
import { Failure } from '../../../src/contract/failure.ts';
import type { CheckLine, LlmModel, LlmStored } from '../../../src/contract/llm.ts';
import type { LlmAnswer, LlmApi, LlmLoad, LlmMachine, LlmQuestion, LlmReady } from '../../../src/contract/llm-api.ts';
import { UNCLASSIFIED } from '../../../src/contract/category.ts';
import { ggufModel } from '../../../src/engine/llm/own-model.ts';
import { LanguageModel } from '../../../src/session/llm/language-model.ts';
import type { LlmShelf } from '../../../src/session/llm/llm-parts.ts';
import { FakeWorker } from '../../bridge/fake-worker.ts';
import type { Lab } from '../teaching/teaching-lab.ts';

export const GGUF = new File(['GGUF'], 'small.gguf');
const MACHINE: LlmMachine = { noGpu: 'No graphics card.', f16: false };

/** A model that answers as it is told; the real one is tried in the browser. */
export class ScriptedLlm implements LlmApi {
  readonly asked: LlmQuestion[] = [];
  /** What it says to a question. */
  say: (question: LlmQuestion) => string | Promise<string> = () => 'System Notification';
  onLoad: (load: LlmLoad) => void | Promise<void> = () => undefined;
  contextTokens = 100_000;
  #interrupt: (() => void) | null = null;

  machine(): Promise<LlmMachine> {
    return Promise.resolve(MACHINE);
  }

  async load(load: LlmLoad): Promise<LlmReady> {
    await this.onLoad(load);
    return { name: load.model.name, contextTokens: this.contextTokens, threads: 1, parameters: 0 };
  }

  loading(): ReturnType<LlmApi['loading']> {
    return Promise.resolve({ done: 0.5, what: 'Reading the file' });
  }

  async ask(question: LlmQuestion): Promise<LlmAnswer> {
    this.asked.push(question);
    const stopped = new Promise<never>((_, reject) => {
      this.#interrupt = () => reject(Object.assign(new Error('stopped'), { name: 'AbortError' }));
    });
    const text = await Promise.race([this.say(question), stopped]);
    return { text, reasoning: '', promptTokens: 10, tokens: 2, seconds: 2 };
  }

  async stop(): Promise<void> {
    this.#interrupt?.();
  }
}

/** Known lines: the model answers them right where their text says so; `right` of all lines, the vote knows half. */
export function knownLines(count = 24): CheckLine[] {
  return Array.from({ length: count }, (_, at) => ({
    text: `known ${at}`, level: 0, label: 'Error', vote: at % 2 === 0 ? 'Error' : 'User Action', voteConfidence: 0.4, nearest: [{ message: 'like it', label: at % 3 === 0 ? 'Error' : 'HTTP Status' }],
  }));
}

/** What the question is about: the line after the words that introduce it. */
export function subjectOf({ user }: LlmQuestion): string {
  return /The line to label[^\n]*:\n<log>([^\n]*)<\/log>/.exec(user)?.[1] ?? '';
}

export interface LlmLab {
  readonly llm: LanguageModel;
  readonly api: ScriptedLlm;
  /** Workers that were started. */
  readonly workers: FakeWorker[];
  readonly reported: unknown[];
  /** What the browser keeps. */
  readonly kept: LlmStored[];
  readonly shelf: { -readonly [Verb in keyof LlmShelf]: LlmShelf[Verb] };
}

/** A language model beside an open log. */
export function llmBeside({ board, teaching, access }: Lab): LlmLab {
  const api = new ScriptedLlm();
  const workers: FakeWorker[] = [];
  const reported: unknown[] = [];
  const kept: LlmStored[] = [];
  const never = (): never => { throw new Error('not asked'); };
  const shelf: LlmLab['shelf'] = {
    stored: async () => [...kept], listed: [], siteModels: async () => [], noFetching: () => '', ownModel: never,
    take: async ([file]) => {
      if (!file.name.endsWith('.gguf')) throw new Failure('llm-refused', `${file.name} is no model.`);
      return { model: ggufModel(file.name, file.size), files: [file], sha256: {} };
    },
    open: async ({ model, sha256 }) => ({ model, sha256, files: [GGUF] }),
    keep: async ({ model }) => storedIn(kept, model), remove: async ({ model }) => void kept.splice(kept.findIndex((one) => one.model.id === model.id), 1),
    fetch: async (model) => storedIn(kept, model),
  };
  const llm = new LanguageModel({
    board, shelf: async () => shelf, lane: () => new Lane<LlmApi>('asking of the language model', () => {
      const worker = new FakeWorker(api);
      workers.push(worker);
      return worker as unknown as Worker;
    }),
    categories: () => teaching.own,
    taught: async () => [...teaching.said].filter(([, { label, teaches }]) => teaches && label !== UNCLASSIFIED).map(([pattern, { label }]) => ({
      ...board.texts[pattern], label, pattern, vector: board.votes.vectors[pattern], message: board.table?.examples[pattern] ?? '',
    })),
    nearest: async () => ({ indices: new Int32Array(0), cosines: new Float32Array(0) }), examples: async () => [], checkLines: async () => knownLines(),
    sampleRows: (rows) => access.call((reader) => reader.sampleRows(rows)), aside: (work) => work(), share: async () => undefined, report: (error) => void reported.push(error),
  });
  llm.checkSize = 24;
  return { llm, api, workers, reported, kept, shelf };
}

function storedIn(kept: LlmStored[], model: LlmModel): LlmStored {
  const stored = { model, bytes: model.bytes, sha256: { [model.files[0].path]: 'ab'.repeat(32) } };
  kept.push(stored);
  return stored;
}
