/** What runs a language model: llama.cpp in WebAssembly (any GGUF file), or WebLLM on WebGPU (models compiled by MLC). */
export const LLM_RUNTIMES = ['wllama', 'webllm'] as const;
export type LlmRuntime = (typeof LLM_RUNTIMES)[number];

/** One file of a model. */
export interface LlmFile {
  /** Relative to `LlmModel.base`; of a GGUF its name. */
  readonly path: string;
  /** 0 where nobody has said. */
  readonly bytes: number;
  /** Lower-case hex; '' where nobody has said, then the first download's own is kept and later loads are held to it. */
  readonly sha256: string;
}

/** Where a model comes from: the list that this program carries, an address that the person gave, this site's own `llm/` folder, or a file or folder of this computer. */
export type LlmOrigin = 'listed' | 'own' | 'site' | 'local';

/** A language model that can be loaded: all that a person is told before a byte of it is fetched. */
export interface LlmModel {
  /** Letters, digits, `.`, `-`, `_`. Names its folder in the browser's storage. */
  readonly id: string;
  readonly name: string;
  readonly runtime: LlmRuntime;
  readonly origin: LlmOrigin;
  /** Absolute address of the folder of its files, with a final slash; '' for a GGUF of this computer. */
  readonly base: string;
  /** Host that `base` names, then those that it may send on to (`*.` for any below); none for this site and this computer. */
  readonly hosts: readonly string[];
  /** Of WebLLM only those that are known before `tensor-cache.json` is read, until it is kept: then all. */
  readonly files: readonly LlmFile[];
  /** WebLLM's compiled model library (absolute address); '' for a GGUF. */
  readonly library: string;
  /** All that is downloaded. 0 = not known. */
  readonly bytes: number;
  /** Needed while it runs: main memory, or the graphics card's. 0 = not known. */
  readonly memoryBytes: number;
  /** Weights; 0 = not known. */
  readonly parameters: number;
  /** SPDX identifier or the licence's name; '' = not known. */
  readonly licence: string;
  /** It writes down its reasoning before the answer (DeepSeek R1 and its like). */
  readonly reasons: boolean;
  /** It needs the WebGPU feature `shader-f16`. */
  readonly needsF16: boolean;
}

/** A model that is kept in this browser. */
export interface LlmStored {
  readonly model: LlmModel;
  readonly bytes: number;
  /** Lower-case hex of what was stored, by path. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** A labelled line that a model is tried on, with what the others say of it, none of whom has seen its like: `public/models/classify/check.json`. */
export interface CheckLine {
  readonly text: string;
  /** Index into LEVELS. */
  readonly level: number;
  readonly label: string;
  /** Of the vote, trained without its family of programs. */
  readonly vote: string;
  readonly voteConfidence: number;
  /** Labelled messages nearest to it, the nearest first, from other families (as of ModelApi.examples); or corrections, where the line is one. */
  readonly nearest: readonly { readonly message: string; readonly label: string }[];
}

/** What a trial on known lines showed. */
export interface LlmCheck {
  /** Where the lines come from. */
  readonly from: 'corrections' | 'corpus';
  readonly lines: number;
  /** Right answers of each. */
  readonly llm: number;
  readonly neighbour: number;
  readonly vote: number;
  /** No answer that is a category. */
  readonly unanswered: number;
  /** Median. */
  readonly secondsPerLine: number;
  /** Share of right answers where the model says what the vote's best guess is, and where not (there no more than of all): with few lines drawn towards the share of all its answers, to which one right and one wrong are added. */
  readonly agreeing: { readonly lines: number; readonly right: number; readonly confidence: number };
  readonly differing: { readonly lines: number; readonly right: number; readonly confidence: number };
  /** It was right more often than nearest neighbour and vote, by more than chance. */
  readonly beats: boolean;
  readonly seed: number;
}

/** What a model said of a pattern. */
export interface LlmSaid {
  /** A category; '' where its answer was none. */
  readonly label: string;
  /** As it wrote it, before the answer; '' for models that do not. */
  readonly reasoning: string;
  readonly seconds: number;
}
