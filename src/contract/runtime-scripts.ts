import { SCRIPT_POLICY, UNCOVERED, admit } from './start-script.ts';

/** Type of the blobs that runtimes start workers from. */
const SCRIPT = 'text/javascript';

/**
 * For the one worker whose runtime brings the scripts of its own workers along (as text, not as files of this site): a worker may
 * begin as a blob that was made within this worker from now on. Such a worker inherits the policy of this one (CSP 3, 4.2.2), and
 * so do those that it starts in turn, which are let through in the same way. Only code of this build runs here, so nobody else
 * gets a script admitted.
 */
export function admitRuntimeScripts(): void {
  const { createObjectURL } = URL;
  URL.createObjectURL = (object: Blob): string => {
    const script = object instanceof Blob && object.type === SCRIPT;
    const address = createObjectURL.call(URL, script ? new Blob([PRELUDE, object], { type: SCRIPT }) : object);
    if (script) admit(address);
    return address;
  };
}

const LESS = `for (const name of ${JSON.stringify(UNCOVERED)}) Reflect.deleteProperty(self, name);\n`;

/**
 * What stands before each such script: plain text, since it belongs to no module. It gives the worker a policy for trusted types,
 * without which it could start no threads, that knows only what was made there; and tells the page what was loaded or stopped,
 * as workers/report.ts does.
 */
const PRELUDE = `{
  ${LESS}
  const made = new Set();
  const own = (address) => {
    if (!made.has(address)) throw new TypeError('Not a script of this runtime: ' + address);
    return address;
  };
  const policy = self.trustedTypes?.createPolicy('${SCRIPT_POLICY}', { createScriptURL: own });
  const { createObjectURL } = URL;
  URL.createObjectURL = (object) => {
    const script = object instanceof Blob && object.type === '${SCRIPT}';
    const address = createObjectURL.call(URL, script ? new Blob([${JSON.stringify(LESS)}, object], { type: object.type }) : object);
    if (script) made.add(address);
    return address;
  };
  self.Worker = class extends Worker {
    constructor(script, options) { super(policy === undefined ? own(String(script)) : policy.createScriptURL(String(script)), options); }
  };
  new PerformanceObserver((list) => {
    const entries = list.getEntries().map(({ name, workerStart, transferSize }) => ({ name, workerStart, transferSize }));
    postMessage({ winnow: 'loaded', entries });
  }).observe({ type: 'resource', buffered: true });
  addEventListener('securitypolicyviolation', ({ blockedURI, originalPolicy }) => postMessage({ winnow: 'stopped', address: blockedURI, policy: originalPolicy }));
}
`;
