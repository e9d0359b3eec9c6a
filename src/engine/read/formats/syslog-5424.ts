import { lineFormat } from '../line-format.ts';

/** RFC 5424: priority, version 1, time, host, program, process, message id, structured data. */
export const syslog5424Format = lineFormat({ name: 'Syslog (RFC 5424)', kinds: ['syslog'], line: /^<\d{1,3}>1 / });
