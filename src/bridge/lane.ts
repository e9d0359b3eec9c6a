import { wrap } from 'comlink';
import type { Remote } from 'comlink';
import { Failure } from '../contract/failure.ts';

/**
 * One worker, spawned at the first call and again after a death. Comlink never rejects when a worker dies (uncaught error,
 * missing script, terminate), so every call races against that. Calls reject with Failure 'worker-died' then.
 */
export class Lane<Api extends object> {
  private readonly name: string;
  private readonly start: () => Worker;
  /** How many workers have been started: another number, and whatever the last one was told is gone. */
  started = 0;
  /** One long-lived proxy: a collected one would drop calls in flight. */
  private current: { readonly worker: Worker; readonly api: Remote<Api>; readonly death: Promise<never>; readonly die: (reason: string) => void } | null = null;

  /** @param name what the worker does, for messages: "reading", "classifying" */
  constructor(name: string, start: () => Worker) {
    this.name = name;
    this.start = start;
  }

  /** Whether a worker is running now. */
  get alive(): boolean {
    return this.current !== null;
  }

  /** Runs a job against the worker. @throws what the job throws; Failure 'worker-died' if the worker dies first */
  async call<T>(job: (api: Remote<Api>) => Promise<T>): Promise<T> {
    const current = (this.current ??= this.spawn());
    return Promise.race([job(current.api), current.death]);
  }

  /** Ends the worker at once and rejects what is pending. The next call starts a fresh one, which knows nothing of before. */
  terminate(): void {
    this.current?.die('it was stopped');
  }

  private spawn(): NonNullable<Lane<Api>['current']> {
    const worker = this.start();
    this.started++;
    let reject: (failure: Failure) => void = () => undefined;
    const death = new Promise<never>((_, rejected) => (reject = rejected));
    // Nobody may be waiting when it dies.
    death.catch(() => undefined);
    const die = (reason: string) => {
      worker.terminate();
      if (this.current?.worker === worker) this.current = null;
      reject(new Failure('worker-died', `The part of the page that does the ${this.name} has stopped (${reason}). What the page shows stays; open the file again to go on.`));
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      die(event.message || 'its script could not be loaded');
    });
    worker.addEventListener('messageerror', () => die('a message could not be read'));
    return { worker, api: wrap<Api>(worker), death, die };
  }
}
