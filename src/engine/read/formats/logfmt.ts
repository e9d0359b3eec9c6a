import { lineFormat } from '../line-format.ts';

/** logfmt: `time=… level=info msg="…" key=value`. Time, level and source are taken from their fields; the whole line stays the message. */
export const logfmtFormat = lineFormat({ name: 'logfmt', kinds: ['logfmt'] });
