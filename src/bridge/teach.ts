import type { TeachApi } from '../contract/teach-api.ts';
import teachUrl from '../../workers/teach.worker.ts?worker&url';
import { Lane } from './lane.ts';
import { startWorker } from './start-worker.ts';

/**
 * The worker that learns from corrections, clusters and trains. Cancel policy: a refit takes a fraction of a second and is let
 * run, its answer dropped where a later one is wanted; longer jobs are driven step by step from here.
 */
export function teachLane(): Lane<TeachApi> {
  return new Lane<TeachApi>('learning', () => startWorker(teachUrl, 'teach'));
}
