import { lineFormat } from '../line-format.ts';

/** Apache httpd: "[Tue Jan 02 03:04:05.123456 2024] [core:error] [pid 1:tid 2] [client …] message", in 2.2 without module and ids. */
export const apacheErrorFormat = lineFormat({ name: 'Apache error log', line: /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d(?:\.\d+)? \d{4}\] \[[\w:-]+\] / });
