/** The name of our trusted-types policy; one in each page and worker. */
export const SCRIPT_POLICY = 'winnow-scripts';

/** Ways out of a worker that no content-security policy covers: each worker takes them away from itself before anything else runs. */
export const UNCOVERED = ['WebTransport', 'WebSocketStream', 'RTCDataChannel', 'Notification'] as const;

/** What trusted types (W3C Trusted Types) let through where an address of a script is expected. */
interface Policy {
  createScriptURL(address: string): unknown;
}

interface Factory {
  createPolicy(name: string, rules: { readonly createScriptURL: (address: string) => string }): Policy;
}

/** One bootstrap address per script, for as long as the page or worker lives. */
const bootstraps = new Map<string, string>();
/** Scripts that a runtime brought along and that may begin as blobs of their own; see runtime-scripts.ts. */
const admitted = new Set<string>();
let policy: Policy | null = null;

/**
 * The address of a script of this site, in the form that `new Worker` and `register` ask for under a policy with trusted types.
 * Typed as text, which the DOM's types know, and which it is in browsers without trusted types.
 * @throws TypeError for an address of another site, or of a blob that is no bootstrap
 */
export function trustedScript(address: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  if (trustedTypes === undefined) return ownScript(address);
  policy ??= trustedTypes.createPolicy(SCRIPT_POLICY, { createScriptURL: ownScript });
  return policy.createScriptURL(address) as string;
}

/**
 * Where a module worker that runs this script begins: a blob that imports it. A policy in a meta element does not bind workers
 * loaded by address, but one that begins as a blob inherits the policy of whoever starts it (CSP 3, section 4.2.2;
 * w3c/webappsec-csp#336), before it runs anything and so before it can be told anything.
 * @param script absolute address; that of a blob only where it was admitted
 * @throws TypeError for a script of another site
 */
export function bootstrap(script: string): string {
  if (admitted.has(script)) return trustedScript(script);
  let address = bootstraps.get(script);
  if (address === undefined) {
    address = URL.createObjectURL(new Blob([beginning(ownScript(script))], { type: 'text/javascript' }));
    bootstraps.set(script, address);
  }
  return trustedScript(address);
}

/**
 * Imports the script once the worker runs: what is imported statically is loaded before that, and Firefox then asks the network
 * and not the service worker, which would end work without a network. What the worker is told meanwhile is told again after it.
 */
function beginning(script: string): string {
  return `
    const early = [];
    const keep = (event) => { event.stopImmediatePropagation(); early.push(event); };
    addEventListener('message', keep);
    import(${JSON.stringify(script)}).then(() => {
      removeEventListener('message', keep);
      for (const { data, ports } of early.splice(0)) dispatchEvent(new MessageEvent('message', { data, ports }));
    }).catch((error) => setTimeout(() => { throw error; }));`;
}

/** Lets a worker of this page or worker begin as this blob, as it is. @param address of a blob that was made here */
export function admit(address: string): void {
  admitted.add(address);
}

function ownScript(address: string): string {
  const own = address.startsWith('blob:') ? admitted.has(address) || [...bootstraps.values()].includes(address) : new URL(address).origin === globalThis.origin;
  if (!own) throw new TypeError(`Not a script of this site: ${address}`);
  return address;
}
