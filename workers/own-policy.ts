/*
 * Imported first by the worker that downloads language models. It is loaded by its address, so nothing is inherited: the policy
 * comes with the script, from the service worker. Where it did not, the worker must not go on. The question costs no request: an
 * address that holds its own data is refused under that policy, and read without one.
 */
// Of this question the page is not told: nobody tried to get out.
self.addEventListener('securitypolicyviolation', (event) => event.stopImmediatePropagation(), { once: true });
const ask = new XMLHttpRequest();
let open = true;
try {
  ask.open('GET', 'data:text/plain,', false);
  ask.send();
} catch {
  open = false;
}
if (open) throw new Error('This worker was not given its policy, so no policy is in force.');

export {};
