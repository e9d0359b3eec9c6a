import type { AddedMode, AddedModel } from '../../contract/model.ts';
import type { VoteBatch } from '../../contract/verdict.ts';
import { blend } from '../added-models/blend.ts';
import { openAddedModel } from '../added-models/open-added-model.ts';
import type { AddedModel as OpenModel } from '../added-models/open-added-model.ts';
import { readOnnxModel } from '../added-models/read-onnx-model.ts';
import type { Ort } from '../embed/onnx.ts';

/** Models that a person added, ready to vote. */
export class AddedVoters {
  private readonly models: readonly OpenModel[];
  private readonly mode: AddedMode;

  private constructor(models: readonly OpenModel[], mode: AddedMode) {
    this.models = models;
    this.mode = mode;
  }

  static readonly none = new AddedVoters([], 'add');

  /** Opens all or none. @param dims length of the encoder's vectors @throws Failure 'model-refused' */
  static async open(ort: Ort, files: readonly AddedModel[], mode: AddedMode, dims: number): Promise<AddedVoters> {
    const inspected = files.map(({ bytes, name, classes }) => readOnnxModel(bytes, name, { dims, classes }));
    const models: OpenModel[] = [];
    try {
      for (const [at, file] of files.entries()) models.push(await openAddedModel(ort, file.bytes, inspected[at]));
    } catch (error) {
      for (const model of models) await model.dispose();
      throw error;
    }
    return new AddedVoters(models, mode);
  }

  /** Classes of votes that `join` gives, where the shipped models know `base`. */
  classes(base: readonly string[]): readonly string[] {
    return blend(new Float32Array(base.length), base, this.models.map(({ classes }) => ({ classes, probabilities: new Float32Array(classes.length) })), this.mode).classes;
  }

  /** The vote of the shipped models with theirs. */
  async join(batch: VoteBatch, vectors: readonly Float32Array[]): Promise<VoteBatch> {
    if (this.models.length === 0) return batch;
    const opinions: { readonly classes: readonly string[]; readonly probabilities: Float32Array }[] = [];
    // One after the other: a runtime takes one call at a time anyway.
    for (const model of this.models) opinions.push({ classes: model.classes, probabilities: await model.probabilities(vectors) });
    return { ...batch, ...blend(batch.probabilities, batch.classes, opinions, this.mode) };
  }

  async dispose(): Promise<void> {
    for (const model of this.models) await model.dispose();
  }
}
