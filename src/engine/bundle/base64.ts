/** A multiple of three, so that chunks join without padding between them; small enough to be spread as arguments. */
const CHUNK = 24_573;

/** RFC 4648, section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK) parts.push(btoa(String.fromCharCode(...bytes.subarray(from, from + CHUNK))));
  return parts.join('');
}

/** Null where the text is not base64 as `toBase64` writes it. */
export function fromBase64(text: string): Uint8Array | null {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  let characters: string;
  try {
    characters = atob(text);
  } catch {
    return null;
  }
  // `atob` lets blanks and missing padding pass.
  if (characters.length !== (text.length / 4) * 3 - padding) return null;
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
