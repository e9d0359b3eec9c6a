/**
 * A log line's own severity, normalised. The code is stored per key (one byte) and is part of a key's
 * identity; 0 means that the line names none. After RFC 5424 section 6.2.1 with `trace` added.
 */
export const LEVELS = ['', 'trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'] as const;
export type Level = (typeof LEVELS)[number];
export type LevelCode = number;
