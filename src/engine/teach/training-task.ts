import { Failure } from '../../contract/failure.ts';
import type { TrainResult, TrainStep, TrainingData, TrainingOptions } from '../../contract/training.ts';
import { createTrainJob } from '../train/train-job.ts';
import type { TrainJob } from '../train/train-job.ts';

/** At most one training at a time, driven step by step. */
export class TrainingTask {
  private job: TrainJob | null = null;
  private finished = false;

  /** Drops an earlier training. @throws Failure 'training-refused' where nothing can be learnt */
  begin(data: TrainingData, options: TrainingOptions): void {
    this.end();
    this.job = createTrainJob(data, options);
  }

  /** Works for about `budget` ms. @throws Failure 'internal' where no training is under way */
  step(budget: number): TrainStep {
    if (this.job === null) throw new Failure('internal', 'No training is under way.');
    const step = this.job.step(budget);
    this.finished = step.finished;
    return step;
  }

  /** @throws Failure 'internal' before the training has finished */
  async result(): Promise<TrainResult> {
    if (this.job === null || !this.finished) throw new Failure('internal', 'The training has not finished.');
    return this.job.result();
  }

  /** Gives up the training that is under way, or forgets its result. */
  end(): void {
    this.job = null;
    this.finished = false;
  }
}
