import type { Dialect, Role } from '../contract/dialect.ts';

/** Below this the sniffer's choice of the message column is asked about. */
const SURE = 0.5;

/** Index of the first file of which no column is clearly the message; -1 if all are clear. */
export function unclearFile(dialects: readonly Dialect[]): number {
  return dialects.findIndex((dialect) => dialect.format !== 'lines' && (dialect.roles.message < 0 || dialect.sure < SURE));
}

/** What a person chose for one file holds for all files with the same columns, and for no others. */
export function withRoles(dialects: readonly Dialect[], file: number, roles: Partial<Record<Role, number>>, header?: boolean): Dialect[] {
  const like = columnsOf(dialects[file]);
  return dialects.map((dialect) => (columnsOf(dialect) !== like ? dialect : { ...dialect, header: header ?? dialect.header, roles: { ...dialect.roles, ...roles }, sure: 1 }));
}

function columnsOf({ format, delimiter, header, columns }: Dialect): string {
  return JSON.stringify([format, format === 'csv' ? [delimiter, header] : [], columns]);
}
