/** One file under public/models, as listed by its manifest. Anything that does not match is refused. */
export interface ModelFile {
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** What it was made from and by which script. */
  readonly origin: string;
}

/** public/models/manifest.json. Fields beyond `files` are in the manifest files of the encoder and of the classifiers. */
export interface ModelManifest {
  readonly version: 1;
  readonly files: readonly ModelFile[];
}

/** A classifier on the encoder's vectors that a person added: trained here, or made by scikit-learn and skl2onnx. */
export interface AddedModel {
  readonly name: string;
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  /** Names of its classes, where the file itself does not carry them. */
  readonly classes?: readonly string[];
}
/** Whether added models vote beside the shipped ones or instead of them. */
export type AddedMode = 'add' | 'replace';

export type Backend = 'wasm' | 'webgpu';
