import type { PatternText, VoteBatch } from '../../contract/verdict.ts';
import type { Ort } from '../embed/onnx.ts';

/** Where the shipped files come from. Paths are those of public/models/manifest.json, e.g. "classify/lexical.onnx". */
export interface FileSource {
  /** Bytes of a file, already checked against the manifest's hash. */
  get(path: string): Promise<Uint8Array>;
}

/** A labelled message of the corpus: the nearest one is a voter and the reason shown with a verdict. */
export interface LabelledExample {
  /** The message as written in the corpus. */
  readonly message: string;
  readonly program: string;
  readonly label: string;
}

export interface VoteModelOptions {
  /** Leave the heads on the encoder's vectors out: only `lexical` works then. Default: false. */
  readonly lexicalOnly?: boolean;
}

/** All classifiers and their vote. Answers depend on the text, its level and the model files, never on the company in a batch. */
export class VoteModel {
  /** @throws Failure 'model-missing', 'model-tampered', 'model-runtime' or 'out-of-memory' */
  static async open(ort: Ort, files: FileSource, options: VoteModelOptions = {}): Promise<VoteModel> {
    throw new Error('not written yet');
  }
  /** The lexical model alone: the provisional verdict, and the final one where the encoder does not read. */
  async lexical(batch: readonly PatternText[]): Promise<VoteBatch> {
    throw new Error('not written yet');
  }
  /** All voters. `vectors[i]` is the encoder's vector of `embedText(batch[i])`. */
  async vote(batch: readonly PatternText[], vectors: readonly Float32Array[]): Promise<VoteBatch> {
    throw new Error('not written yet');
  }
  /** Texts that VoteBatch.neighbour indexes. */
  examples(): readonly LabelledExample[] {
    throw new Error('not written yet');
  }
  async dispose(): Promise<void> {
    throw new Error('not written yet');
  }
}
