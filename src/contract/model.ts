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

export type Backend = 'wasm' | 'webgpu';
