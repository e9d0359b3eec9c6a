import { SITE_HEADERS } from '../../contract/policy.ts';
import { contentType } from './content-type.ts';

/**
 * An answer of this site: none of the server's own headers, all of SITE_HEADERS. It is built anew and so was never redirected,
 * which browsers demand of answers to navigations (Fetch, "HTTP fetch", step 6 on redirect mode).
 * @param path below the scope, for the type
 * @param bytes of the whole body, null where not known
 */
export function stamped(path: string, body: BodyInit | null, bytes: number | null, status = 200): Response {
  const headers = new Headers({ ...SITE_HEADERS, 'content-type': contentType(path) });
  if (bytes !== null) headers.set('content-length', String(bytes));
  return new Response(body, { status, headers });
}

/** An answer in words for a person who gets to see it. */
export function inWords(status: number, words: string): Response {
  return stamped('words.txt', `Winnow: ${words}\n`, null, status);
}

/** A byte range (RFC 9110, 14.1.2): first and last byte, 'none' where it cannot be satisfied, null where the header is to be ignored. */
function parsed(range: string, size: number): readonly [number, number] | 'none' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const [, from, to] = match;
  if (from === '') return Number(to) === 0 || size === 0 ? 'none' : [Math.max(0, size - Number(to)), size - 1];
  if (to !== '' && Number(to) < Number(from)) return null;
  return Number(from) >= size ? 'none' : [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)];
}

/** The part of a file that a Range header asks for, as 206; 416 for one past its end; all of it for several ranges. */
export function ranged(path: string, file: Blob, range: string): Response {
  const wanted = parsed(range, file.size);
  if (wanted === null) return stamped(path, file, file.size);
  if (wanted === 'none') {
    const response = stamped(path, null, 0, 416);
    response.headers.set('content-range', `bytes */${file.size}`);
    return response;
  }
  const [first, last] = wanted;
  const response = stamped(path, file.slice(first, last + 1), last - first + 1, 206);
  response.headers.set('content-range', `bytes ${first}-${last}/${file.size}`);
  return response;
}
