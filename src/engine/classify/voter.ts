import type { PatternText } from '../../contract/verdict.ts';
import type { Ort } from '../embed/onnx.ts';
import type { ClassifySpec } from './classify-spec.ts';
import type { Nearest } from './neighbour/nearest.ts';

/** Where the shipped files come from. Paths are those of public/models/manifest.json, e.g. "classify/lexical.onnx". */
export interface FileSource {
  /** Bytes of a file, already checked against the manifest's hash. */
  get(path: string): Promise<Uint8Array>;
}

/** What voters may look at; all arrays are parallel. */
export interface Question {
  readonly batch: readonly PatternText[];
  /** The encoder's vector of each `embedText`; empty for a voter that needs only the text. */
  readonly vectors: readonly Float32Array[];
  readonly nearest: readonly Nearest[];
}

/** A classifier, ready to answer. An answer depends on the text, its level and its vector, not on the rest of the batch. */
export interface OpenVoter {
  /** n × classes, each row sums to 1. */
  probabilities(question: Question): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** An entry of the registry. */
export interface VoterKind {
  /** 'text' answers at once, before the encoder has read the pattern; 'vector' needs the encoder. */
  readonly needs: 'text' | 'vector';
  open(ort: Ort, files: FileSource, spec: ClassifySpec): Promise<OpenVoter>;
}
