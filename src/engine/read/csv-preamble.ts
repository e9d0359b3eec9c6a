import { HASH } from './ascii.ts';
import { startsWith } from './header-words.ts';

/**
 * A line before the header that is none: Excel's "sep=;", PowerShell's "#TYPE …", comments. A header whose own first
 * name begins like one (`firstName`) is a header.
 */
export function isPreamble(bytes: Uint8Array, at: number, to: number, firstName: string): boolean {
  return (bytes[at] === HASH && !firstName.startsWith('#')) || (startsWith(bytes, at, to, 'sep=') && !firstName.startsWith('sep='));
}

/** As isPreamble, of a row's first cell. */
export function readsLikePreamble(cell: string): boolean {
  return cell.startsWith('#') || cell.startsWith('sep=');
}
