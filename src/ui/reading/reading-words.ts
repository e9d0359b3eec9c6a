import type { Dialect, Encoding, Grouping, Packing, Role } from '../../contract/dialect.ts';

export const ENCODING_WORDS: Readonly<Record<Encoding, string>> = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16 LE', 'utf-16be': 'UTF-16 BE', 'windows-1252': 'Windows-1252 (Latin-1)' };
export const PACKING_WORDS: Readonly<Record<Packing, string>> = { none: '', gzip: 'gzip', zstd: 'zstd', zip: 'zip' };
export const GROUPING_WORDS: Readonly<Record<Grouping, string>> = {
  line: 'Each line is an entry', trace: 'Stack traces and indented lines belong to the entry before', headed: 'Every line without a time stamp belongs to the entry before',
};
/** Of a person's own format, what begins an entry is that it fits. */
export const OWN_GROUPING_WORDS: Readonly<Record<Grouping, string>> = { ...GROUPING_WORDS, headed: 'Every line that does not fit belongs to the entry before' };
export const ROLE_WORDS: Readonly<Record<Role, string>> = { source: 'Source', message: 'Message', time: 'Time', level: "Log's level", label: 'True label' };
export const DELIMITERS: readonly (readonly [string, string])[] = [[',', 'comma ,'], [';', 'semicolon ;'], ['\t', 'tab'], ['|', 'bar |']];

/** "gzip, UTF-16 LE": what is special about a file's bytes; '' for plain UTF-8. */
export function bytesWords({ packing, encoding }: Dialect): string {
  return [PACKING_WORDS[packing], encoding === 'utf-8' ? '' : ENCODING_WORDS[encoding].replace(/ \(.*/, '')].filter((word) => word !== '').join(', ');
}

/** 2024-01-03 04:05:06.789, in UTC */
export function fullTime(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString().replace('T', ' ').replace(/(\.000)?Z$/, '') : '';
}
