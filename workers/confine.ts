import { UNCOVERED, bootstrap } from '../src/contract/start-script.ts';

/*
 * Imported first by each worker. A worker that did not begin as a bootstrap may have no policy: it must not go on. Workers
 * that it starts itself (threads of the model runtime) begin as bootstraps too, and what a policy need not cover goes.
 */
if (self.location.protocol !== 'blob:') throw new Error('This worker was not started by its page, so no policy is in force.');

for (const name of UNCOVERED) Reflect.deleteProperty(self, name);

self.Worker = class extends Worker {
  constructor(script: string | URL, options?: WorkerOptions) {
    super(bootstrap(new URL(script, self.location.origin).href), { ...options, type: 'module' });
    // What threads load is told to the page as well.
    this.addEventListener('message', ({ data }) => {
      if (data?.winnow !== undefined) self.postMessage(data);
    });
  }
};
