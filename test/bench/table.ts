/** Middle of some numbers (mean of the two middle ones). NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Lines of a table: first column left, the others right, each as wide as its widest cell. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const align = (cell: string, column: number): string => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  const lines = rows.map((row) => row.map(align).join('  '));
  return [lines[0], widths.map((width) => '─'.repeat(width)).join('──'), ...lines.slice(1)];
}

/** Three significant digits with grouped thousands. */
export function short(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
