/** What this worker has loaded so far, as the browser counted it: its script, the runtime, the models. */
export function received(): { files: number; bytes: number } {
  const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const loaded = all.filter(({ name }) => name.startsWith('http'));
  return { files: loaded.length, bytes: loaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) };
}
