import { EarlyEnd } from '../scan/byte-source.ts';

const KEPT = 'What could be unpacked before is kept.';

/** The packed bytes end too early. */
export function cutShort(name: string): EarlyEnd {
  return new EarlyEnd('file-cut-short', `“${name}” ends in the middle; probably its download or copy was cut short. ${KEPT} Get the file again for the rest.`);
}

/** The packed bytes cannot be what the packer wrote. */
export function damaged(name: string, what: string): EarlyEnd {
  return new EarlyEnd('file-cut-short', `“${name}” is damaged: ${what}. ${KEPT} Get the file again for the rest.`);
}

/** Unpacking was given up. */
export function refused(name: string, why: string): EarlyEnd {
  return new EarlyEnd('file-cut-short', `“${name}” ${why}`);
}
