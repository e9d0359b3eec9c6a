import type { Dialect, Role } from '../contract/dialect.ts';

/** Below this the sniffer's choice of the message column is asked about. */
const SURE = 0.5;

/** Whether entries have columns or fields, one of which must be the message. */
export function hasColumns({ format, columns }: Dialect): boolean {
  return format === 'csv' || columns.length > 0;
}

/** Index of the first file of which no column is clearly the message; -1 if all are clear. */
export function unclearFile(dialects: readonly Dialect[]): number {
  return dialects.findIndex((dialect) => hasColumns(dialect) && (dialect.roles.message < 0 || dialect.sure < SURE));
}

/** What a person may choose for a file besides its format. */
const SETTINGS = ['header', 'delimiter', 'grouping', 'zone', 'assumedYear', 'dayFirst'] as const;
/** Of those, what may hold for all files, whatever their formats. */
const GENERAL: readonly (typeof SETTINGS)[number][] = ['grouping', 'zone', 'assumedYear', 'dayFirst'];

/** Files that are read alike: what a person chooses for one of them holds for all. */
export function readAlike(a: Dialect, b: Dialect): boolean {
  return likeness(a) === likeness(b);
}

function likeness({ format, encoding, delimiter, header, columns, custom }: Dialect): string {
  return JSON.stringify([format, encoding, format === 'csv' ? [delimiter, header] : [], columns, custom]);
}

/** Whether a choice changes bytes or form, so that files must be looked at again; else it concerns columns, grouping and times only. */
export function formChanged(before: Dialect, chosen: Dialect): boolean {
  return before.format !== chosen.format || before.encoding !== chosen.encoding || JSON.stringify(before.custom) !== JSON.stringify(chosen.custom);
}

/**
 * `dialect` with what a person changed on the way from `before` to `chosen`, which may be of another file.
 * @param which everything; without `general` what concerns times and grouping stays; or that only
 */
export function withChoice(dialect: Dialect, before: Dialect, chosen: Dialect, which: 'all' | 'form' | 'general'): Dialect {
  const changed = SETTINGS.filter((name) => before[name] !== chosen[name] && (which === 'all' || GENERAL.includes(name) === (which === 'general')));
  const next = { ...dialect, ...Object.fromEntries(changed.map((name) => [name, chosen[name]])) };
  if (which === 'general') return next;
  const columns = chosen.format === dialect.format && changed.some((name) => name === 'header' || name === 'delimiter') ? chosen.columns : next.columns;
  if (JSON.stringify(columns) !== JSON.stringify(chosen.columns)) return { ...next, columns };
  return { ...next, columns, roles: { ...next.roles, ...chosen.roles } satisfies Record<Role, number>, sure: 1 };
}
