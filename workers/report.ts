import type { WorkerTold } from '../src/contract/site.ts';

/** Beside the worker's answers: Comlink leaves messages without an id of its own alone. */
const tell = (told: WorkerTold): void => self.postMessage(told);

new PerformanceObserver((list) => {
  const entries = list.getEntries() as PerformanceResourceTiming[];
  tell({ winnow: 'loaded', entries: entries.map(({ name, workerStart, transferSize }) => ({ name, workerStart, transferSize })) });
}).observe({ type: 'resource', buffered: true });

self.addEventListener('securitypolicyviolation', (event) => {
  const { blockedURI, originalPolicy } = event as SecurityPolicyViolationEvent;
  tell({ winnow: 'stopped', address: blockedURI, policy: originalPolicy });
});
