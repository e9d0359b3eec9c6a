/** Put in by the build: SHA-256 over all that the site is made of. */
declare const __BUILD__: string | undefined;

/** Tells one build of this program from another; '' where it was not built. */
export const BUILD: string = typeof __BUILD__ === 'string' ? __BUILD__ : '';
