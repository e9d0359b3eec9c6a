/*
 * Where the program itself cannot be loaded (the site is gone half-way, an update took its files away, a server sends scripts
 * with another type) browsers show an empty page. This script, which stands beside it, says what happened and what to do.
 */
(() => {
  'use strict';

  const say = () => {
    const main = document.createElement('main');
    main.dataset.stage = 'failed';
    main.dataset.complete = 'false';
    const words = document.createElement('p');
    words.setAttribute('role', 'alert');
    words.textContent = 'Winnow could not be loaded: this site did not send all of its program. Reload the page. If that does not help, tell whoever runs '
      + 'the site that the files of one version must be there together, and that those ending in .js must be sent with the type text/javascript.';
    main.append(words);
    document.getElementById('app')?.replaceChildren(main);
  };

  // A script that does not load tells nobody above it, so it is heard on its way down.
  addEventListener('error', ({ target }) => {
    if (!(target instanceof HTMLScriptElement) || target.type !== 'module') return;
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', say);
    else say();
  }, true);
})();
