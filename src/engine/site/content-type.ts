/** By extension: what is sent for the same file differs between servers, and systems without a table of types have none at all. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', mjs: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8',
  json: 'application/json', webmanifest: 'application/manifest+json', wasm: 'application/wasm', svg: 'image/svg+xml', png: 'image/png',
  ico: 'image/x-icon', woff2: 'font/woff2', txt: 'text/plain; charset=utf-8', md: 'text/plain; charset=utf-8',
};

/** Content type of a file of the site. Names without an extension (NOTICE, LICENSE, SHA256SUMS) are text. */
export function contentType(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? 'text/plain; charset=utf-8' : (TYPES[name.slice(dot + 1).toLowerCase()] ?? 'application/octet-stream');
}
