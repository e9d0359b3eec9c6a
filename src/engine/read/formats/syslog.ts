import { lineFormat } from '../line-format.ts';

/** RFC 3164 with its relatives: with or without a priority, with a year, or with a time as RFC 3339 has it. */
export const syslogFormat = lineFormat({ name: 'Syslog (RFC 3164)', kinds: ['syslog'], line: /^(?!<\d{1,3}>1 )/ });
