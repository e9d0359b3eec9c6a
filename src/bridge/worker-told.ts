import type { WorkerTold } from '../contract/site.ts';

let listener: ((told: WorkerTold) => void) | null = null;
/** What came before anybody listened. */
const early: WorkerTold[] = [];

/** For each message of each worker: picks out what it tells of the network. Others are left alone. */
export function passOn(message: unknown): void {
  if (!isWorkerTold(message)) return;
  if (listener === null) early.push(message);
  else listener(message);
}

/** @param next is told what workers said so far, and from now on; null: nobody is */
export function listenToWorkers(next: ((told: WorkerTold) => void) | null): void {
  listener = next;
  if (next !== null) for (const told of early.splice(0)) next(told);
}

function isWorkerTold(value: unknown): value is WorkerTold {
  if (typeof value !== 'object' || value === null) return false;
  const { winnow } = value as Partial<WorkerTold>;
  return winnow === 'loaded' || winnow === 'stopped';
}
