/** 82.0 %: figures to be compared need their first decimal; never rounds something to nothing nor almost all to all. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return '–';
  if (share > 0 && share < 0.001) return '< 0.1 %';
  if (share < 1 && share > 0.999) return '> 99.9 %';
  return `${(100 * share).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;
}
