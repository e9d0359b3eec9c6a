import { wrap } from 'comlink';
import type { Remote } from 'comlink';
import { Failure } from '../contract/failure.ts';
import { passOn } from './worker-told.ts';

/** In Chromium's, Firefox's and WebKit's words, when a module that is imported is not there. */
const NOT_LOADED = /dynamically imported module|importing a module script failed/i;

/**
 * One worker, spawned at the first call and again after a death. Comlink never rejects when a worker dies (uncaught error,
 * missing script, terminate), so this does. Calls reject with Failure 'worker-died' then.
 */
export class Lane<Api extends object> {
  private readonly name: string;
  private readonly start: () => Worker;
  private readonly onwards: string;
  /** How many workers have been started: another number, and whatever the last one was told is gone. */
  started = 0;
  /** One long-lived proxy: a collected one would drop calls in flight. */
  private current: { readonly worker: Worker; readonly api: Remote<Api>; readonly pending: Set<(failure: Failure) => void>; readonly die: (reason: string) => void } | null = null;

  /**
   * @param name what the worker does, for messages: "reading", "classifying"
   * @param onwards what stays and what to do where it has died, for messages
   */
  constructor(name: string, start: () => Worker, onwards = 'What the page shows stays; open the file again to go on.') {
    this.name = name;
    this.start = start;
    this.onwards = onwards;
  }

  /** Whether a worker is running now. */
  get alive(): boolean {
    return this.current !== null;
  }

  /** Runs a job against the worker. @throws what the job throws; Failure 'worker-died' if the worker dies first */
  async call<T>(job: (api: Remote<Api>) => Promise<T>): Promise<T> {
    const current = (this.current ??= this.spawn());
    const work = job(current.api);
    // No race against one promise for all calls: it would hold every answer for as long as the worker lives.
    return new Promise((resolve, reject) => {
      current.pending.add(reject);
      void work.then(resolve, reject).finally(() => current.pending.delete(reject));
    });
  }

  /** Ends the worker at once and rejects what is pending. The next call starts a fresh one, which knows nothing of before. */
  terminate(): void {
    this.current?.die('it was stopped');
  }

  private spawn(): NonNullable<Lane<Api>['current']> {
    const worker = this.start();
    this.started++;
    const pending = new Set<(failure: Failure) => void>();
    const die = (reason: string) => {
      worker.terminate();
      if (this.current?.worker === worker) this.current = null;
      const failure = new Failure('worker-died', NOT_LOADED.test(reason)
        ? `The part of the page that does the ${this.name} could not be loaded: the site does not answer, or it has been updated since this page was opened. Check the connection; save what you taught, then reload the page.`
        : `The part of the page that does the ${this.name} has stopped (${reason}). ${this.onwards}`);
      for (const reject of pending) reject(failure);
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      die(event.message || 'its script could not be loaded');
    });
    worker.addEventListener('message', ({ data }) => passOn(data));
    worker.addEventListener('messageerror', () => die('a message could not be read'));
    return { worker, api: wrap<Api>(worker), pending, die };
  }
}
