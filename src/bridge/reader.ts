import type { ReaderApi } from '../contract/reader-api.ts';
import readerUrl from '../../workers/reader.worker.ts?worker&url';
import { Lane } from './lane.ts';
import { startWorker } from './start-worker.ts';

/**
 * The reader worker. Cancel policy: reading and exporting are loops of short steps driven from here, so the caller just stops
 * asking and keeps what was read; `terminate` is for a worker that no longer answers.
 */
export function readerLane(): Lane<ReaderApi> {
  return new Lane<ReaderApi>('reading', () => startWorker(readerUrl, 'reader'));
}
