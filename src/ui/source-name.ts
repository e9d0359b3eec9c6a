import { visibleText } from './visible-text.ts';

/** A source as shown; entries that name none share the empty one. */
export function sourceName(source: string | undefined): string {
  return source === undefined || source === '' ? '(no source)' : visibleText(source);
}
