/** Lines of a table: the first column to the left, the others to the right, a head above. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  return [head, ...rows].map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(width[0]) : cell.padStart(width[column] + 2))).join('').trimEnd()).join('\n');
}

/** A share as a number between 0 and 1; a dash where there is none. */
export function share(value: number, digits = 3): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}
