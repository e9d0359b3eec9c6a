/** Put in by the build: SHA-256 over the program's source and the list of its models. */
declare const __BUILD__: string | undefined;

/** Tells one build of this program from another; '' where it was not built. */
export const BUILD: string = typeof __BUILD__ === 'string' ? __BUILD__ : '';
