import { Failure } from '../../contract/failure.ts';
import { CR, LF, SPACE, TAB } from './ascii.ts';

/** Signatures of files that are no text, and what to do with them. One layer of gzip, zstd or ZIP is off by now; more are not taken off. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly what: string; readonly advice: string }[] = [
  { bytes: [0x1f, 0x8b], what: 'compressed once more within (gzip)', advice: 'Unpack it first (gunzip) and drop the result.' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'compressed once more within (zstd)', advice: 'Unpack it first (unzstd) and drop the result.' },
  { bytes: [0x42, 0x5a, 0x68], what: 'compressed with bzip2', advice: 'Unpack it first (bunzip2) and drop the result.' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'compressed with xz', advice: 'Unpack it first (unxz) and drop the result.' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'itself a ZIP archive', advice: 'Archives within others are not opened: unpack it first, and drop the logs that were in it.' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF', advice: 'Export the log as text or CSV.' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a program', advice: 'Drop a text log instead.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'an image', advice: 'Drop a text log instead.' },
  { bytes: [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65], what: 'a Windows event log', advice: 'Export it as CSV from the Event Viewer.' },
  { bytes: [0x4c, 0x50, 0x4b, 0x53, 0x48, 0x48, 0x52, 0x48], what: 'a systemd journal', advice: 'Export it with: journalctl --file NAME -o json' },
];

/** Control bytes that text does not have may be this many, or this share of the sample. */
const CONTROL_FREE = 8;
const CONTROL_SHARE = 0.05;

/** Throws a Failure where the file's first part, unpacked and as UTF-8, is empty or no text that can be read. `whole`: there is no more. */
export function refuseUnreadable(head: Uint8Array, whole: boolean, name: string): void {
  if (whole && isBlank(head)) throw new Failure('file-empty', `${name} is empty: there is nothing in it to sort.`);
  refuseKnown(head, name);
  let controls = 0;
  for (const byte of head) if (byte < TAB || (byte > CR && byte < SPACE && byte !== 0x1b)) controls++;
  if (controls > Math.max(CONTROL_FREE, head.length * CONTROL_SHARE)) throw new Failure('file-binary', `${name} does not look like a text file: ${Math.round((100 * controls) / head.length)} % of its first part are control bytes. Drop a text log instead.`);
}

/** Throws a Failure where the bytes, in their own encoding, are of a kind that is known to be no text. */
export function refuseKnown(head: Uint8Array, name: string): void {
  for (const { bytes, what, advice } of SIGNATURES) {
    if (bytes.every((byte, i) => head[i] === byte)) throw new Failure('file-binary', `${name} is ${what}, not a text file. ${advice}`);
  }
}

/** Length of a UTF-8 byte-order mark. */
export function bomLength(head: Uint8Array): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}

function isBlank(head: Uint8Array): boolean {
  for (let p = bomLength(head); p < head.length; p++) {
    const byte = head[p];
    if (byte !== SPACE && byte !== TAB && byte !== LF && byte !== CR) return false;
  }
  return true;
}
