/** What masked text shows for what varies. Merging has its own wildcard: one sign for both breaks Drain. */
export const PLACEHOLDER = { num: 0, hex: 1, id: 2, ip: 3, mac: 4, path: 5, url: 6, mail: 7, time: 8, str: 9 } as const;
export type Placeholder = keyof typeof PLACEHOLDER;

/** Stands where merged keys differ. */
export const WILDCARD = '<*>';

const encoder = new TextEncoder();
const NAMES = Object.keys(PLACEHOLDER) as Placeholder[];
const BYTES: readonly Uint8Array[] = NAMES.map((name) => encoder.encode(`<${name}>`));

/** Writes placeholder number `kind` at out[length…]; returns the new length. */
export function writePlaceholder(kind: number, out: Uint8Array, length: number): number {
  const bytes = BYTES[kind];
  for (let at = 0; at < bytes.length; at++) out[length++] = bytes[at];
  return length;
}

/** The placeholder that stands at bytes[at…] before `end`, or null. */
export function placeholderAt(bytes: Uint8Array, at: number, end: number): Placeholder | null {
  for (let kind = 0; kind < BYTES.length; kind++) {
    const name = BYTES[kind];
    let same = 0;
    while (same < name.length && at + same < end && bytes[at + same] === name[same]) same++;
    if (same === name.length) return NAMES[kind];
  }
  return null;
}
