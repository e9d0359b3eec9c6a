import { Failure } from '../../contract/failure.ts';
import type { FoundClusters, JobStep, MapPoint } from '../../contract/teach-api.ts';
import type { VotedBatch } from '../../contract/teach.ts';
import { withoutCommonPart } from '../cluster/common-part.ts';
import { createDbscanJob } from '../cluster/dbscan-job.ts';
import type { Job } from '../cluster/job.ts';
import { representatives } from '../cluster/representatives.ts';
import { MAP_CAP, MAP_SEED, createMapJob, heaviest } from '../cluster/map-job.ts';

/** A job over the patterns whose vectors are known when it begins. */
interface Task<T> {
  readonly job: Job<T>;
  readonly patterns: Uint32Array;
}

/** Groups and maps the patterns that the encoder has read. */
export class ClusterTask {
  private readonly vectors = new Map<number, Float32Array>();
  private grouping: (Task<Int32Array> & { readonly vectors: Float32Array; readonly dims: number; readonly weights: Float64Array }) | null = null;
  private mapping: Task<Float64Array> | null = null;

  reset(): void {
    this.vectors.clear();
    this.grouping = this.mapping = null;
  }

  /** Keeps the vectors of a batch; a batch without vectors changes nothing. */
  put({ patterns, vectors }: VotedBatch): void {
    const dims = patterns.length === 0 ? 0 : vectors.length / patterns.length;
    if (dims === 0) return;
    patterns.forEach((pattern, at) => this.vectors.set(pattern, vectors.subarray(at * dims, (at + 1) * dims)));
  }

  /** @param rows by pattern */
  beginClusters(options: { readonly eps: number; readonly minSamples: number }, rows: Float64Array, common: Float64Array | null): void {
    const { patterns, vectors, dims } = this.rows(common, rows);
    this.grouping = { patterns, vectors, dims, weights: Float64Array.from(patterns, (pattern) => rows[pattern] ?? 0), job: createDbscanJob(vectors, dims, options) };
  }

  clusterStep(budget: number): JobStep {
    return stepped(begun(this.grouping).job, budget);
  }

  clusters(): FoundClusters {
    const { job, patterns, vectors, dims, weights } = begun(this.grouping);
    const cluster = job.result();
    const middles = representatives(vectors, dims, cluster, weights);
    return { patterns: patterns.slice(), cluster: cluster.slice(), representative: Uint32Array.from(middles, (row) => patterns[row]) };
  }

  /** @param rows by pattern: those with most rows are mapped */
  beginMap(rows: Float64Array, common: Float64Array | null): void {
    const all = this.rows(common, rows);
    const chosen = heaviest(Float64Array.from(all.patterns, (pattern) => rows[pattern] ?? 0), MAP_CAP);
    const vectors = new Float32Array(chosen.length * all.dims);
    chosen.forEach((row, at) => vectors.set(all.vectors.subarray(row * all.dims, (row + 1) * all.dims), at * all.dims));
    this.mapping = { patterns: Uint32Array.from(chosen, (row) => all.patterns[row]), job: createMapJob(vectors, all.dims, { seed: MAP_SEED }) };
  }

  mapStep(budget: number): JobStep {
    return stepped(begun(this.mapping).job, budget);
  }

  map(): MapPoint[] {
    const { job, patterns } = begun(this.mapping);
    const places = job.result();
    return Array.from(patterns, (pattern, at) => ({ pattern, x: places[at * 2], y: places[at * 2 + 1] }));
  }

  /** All vectors in order of their patterns, so that the order in which they came does not matter. */
  /** Patterns that only a baseline has stand in no cluster. */
  private rows(common: Float64Array | null, counts: Float64Array): { patterns: Uint32Array; vectors: Float32Array; dims: number } {
    const patterns = Uint32Array.from(this.vectors.keys()).filter((pattern) => counts[pattern] !== 0).sort();
    const dims = patterns.length === 0 ? 1 : (this.vectors.get(patterns[0])?.length ?? 1);
    const vectors = new Float32Array(patterns.length * dims);
    patterns.forEach((pattern, at) => vectors.set(this.vectors.get(pattern) ?? [], at * dims));
    return { patterns, vectors: common === null || patterns.length === 0 ? vectors : withoutCommonPart(vectors, dims, common), dims };
  }
}

function begun<T>(task: T | null): T {
  if (task === null) throw new Failure('internal', 'The work has not begun.');
  return task;
}

function stepped(job: Job<unknown>, budget: number): JobStep {
  return job.step(budget);
}
