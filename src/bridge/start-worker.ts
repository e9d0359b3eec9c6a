/** One bootstrap address per script, for as long as the page lives. */
const bootstraps = new Map<string, string>();

/**
 * Starts a module worker under the page's own content-security policy. A policy in a meta tag does not bind workers loaded
 * by address, but a blob: worker inherits it (w3c/webappsec-csp#336), so the worker begins as a blob that imports the script.
 */
export function startWorker(script: string, name: string): Worker {
  const address = new URL(script, document.baseURI).href;
  let bootstrap = bootstraps.get(address);
  if (bootstrap === undefined) {
    bootstrap = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' }));
    bootstraps.set(address, bootstrap);
  }
  return new Worker(bootstrap, { type: 'module', name });
}
