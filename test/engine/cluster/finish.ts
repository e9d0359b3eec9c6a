import type { Job } from '../../../src/engine/cluster/job.ts';

/** Drives a job to its end. */
export function finish<T>(job: Job<T>): T {
  while (!job.step(1000).finished);
  return job.result();
}
