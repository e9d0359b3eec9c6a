import { lineFormat } from '../line-format.ts';

/** nginx: "2024/01/02 03:04:05 [error] 31#31: *9 message" (ngx_log.c). */
export const nginxErrorFormat = lineFormat({ name: 'nginx error log', line: /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[[a-z]{4,6}\] \d+#\d+: / });
