import type { AskAbout, AskMe, FoundClusters, JobStep, MapPoint, TeachApi } from '../../contract/teach-api.ts';
import type { LearnFrom, Refit, VotedBatch } from '../../contract/teach.ts';
import type { TrainResult, TrainStep, TrainingData, TrainingOptions } from '../../contract/training.ts';
import { ClusterTask } from './cluster-task.ts';
import { Learner } from './learner.ts';
import { TrainingTask } from './training-task.ts';

/** The learning worker's implementation; knows nothing of workers and runs the same in Node. */
export class TeachService implements TeachApi {
  private readonly learner = new Learner();
  private readonly grouping = new ClusterTask();
  private readonly training = new TrainingTask();

  async reset(): Promise<void> {
    this.learner.reset();
    this.grouping.reset();
  }

  async put(batch: VotedBatch, classes: readonly string[]): Promise<void> {
    this.learner.put(batch, classes);
    this.grouping.put(batch);
  }

  async refit(lessons: readonly LearnFrom[]): Promise<Refit> {
    return this.learner.refit(lessons);
  }

  async ask(about: AskAbout, count: number): Promise<AskMe[]> {
    return this.learner.ask(about, count);
  }

  async beginClusters(options: { readonly eps: number; readonly minSamples: number }, rows: Float64Array, common: Float64Array | null): Promise<void> {
    this.grouping.beginClusters(options, rows, common);
  }

  async clusterStep(budget: number): Promise<JobStep> {
    return this.grouping.clusterStep(budget);
  }

  async clusters(): Promise<FoundClusters> {
    return this.grouping.clusters();
  }

  async beginMap(rows: Float64Array, common: Float64Array | null): Promise<void> {
    this.grouping.beginMap(rows, common);
  }

  async mapStep(budget: number): Promise<JobStep> {
    return this.grouping.mapStep(budget);
  }

  async map(): Promise<MapPoint[]> {
    return this.grouping.map();
  }

  async beginTraining(data: TrainingData, options: TrainingOptions): Promise<void> {
    this.training.begin(data, options);
  }

  async trainStep(budget: number): Promise<TrainStep> {
    return this.training.step(budget);
  }

  async trained(): Promise<TrainResult> {
    return this.training.result();
  }

  async endTraining(): Promise<void> {
    this.training.end();
  }
}
