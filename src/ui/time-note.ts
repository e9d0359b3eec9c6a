import type { Dialect } from '../contract/dialect.ts';

/** What is assumed of times that do not say it: "UTC assumed · no year in file: 2025 assumed"; '' where nothing is. */
export function timeNote(dialects: readonly Pick<Dialect, 'zone' | 'zoneless' | 'assumedYear' | 'yearless'>[]): string {
  const zones = new Set(dialects.filter(({ zoneless }) => zoneless).map(({ zone }) => zone.replaceAll('_', ' ')));
  const years = new Set(dialects.filter(({ yearless }) => yearless).map(({ assumedYear }) => assumedYear));
  return [
    ...(zones.size === 0 ? [] : [`${[...zones].join(' and ')} assumed`]),
    ...(years.size === 0 ? [] : [`no year in ${dialects.length === 1 ? 'file' : 'files'}: ${[...years].join(' and ')} assumed`]),
  ].join(' · ');
}
