import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { MatrixRow } from '../../engine/summary/matrix.ts';
import { count, short } from '../format.ts';
import { letterOf } from '../palette.ts';
import { labelColour } from './chart-theme.ts';
import type { ChartTheme } from './chart-theme.ts';

export interface SourceBarsInput {
  readonly rows: readonly MatrixRow[];
  /** Parallel to `rows`. */
  readonly names: readonly string[];
  readonly labels: readonly string[];
  readonly theme: ChartTheme;
  onPick(row: MatrixRow, label: number): void;
}

interface Point { x: number; y: number }
const BAR = 26;
export const sourceBarsHeight = (rows: number): number => Math.max(80, rows * BAR + 40);

/** The classic plot: one bar per source, stacked by category. */
export function sourceBarsChart({ rows, names, labels, theme, onPick }: SourceBarsInput): ChartConfiguration<'bar', Point[]> {
  const codes = labels.map((_, code) => code).filter((code) => rows.some((row) => row.byLabel[code] > 0));
  const datasets = codes.map((code): ChartDataset<'bar', Point[]> => ({
    label: `${letterOf(labels[code])}  ${labels[code]}`,
    data: rows.flatMap((row, y) => (row.byLabel[code] > 0 ? [{ x: row.byLabel[code], y }] : [])),
    backgroundColor: labelColour(theme, labels[code]), borderColor: theme.panel, borderWidth: { right: 1 }, borderSkipped: false,
    barPercentage: 0.9, categoryPercentage: 0.9,
  }));
  const font = { family: theme.font, size: 11 };
  return {
    type: 'bar',
    data: { labels: names.map((name) => (name.length > 22 ? `${name.slice(0, 21)}…` : name)), datasets },
    options: {
      indexAxis: 'y', animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false,
      interaction: { mode: 'nearest', intersect: true },
      onClick: (_event, hits) => {
        const hit = hits[0];
        if (hit !== undefined) onPick(rows[datasets[hit.datasetIndex].data[hit.index].y], codes[hit.datasetIndex]);
      },
      plugins: { tooltip: { animation: false, callbacks: { title: (items) => names[items[0].parsed.y ?? 0] ?? '', label: (item) => ` ${item.dataset.label}: ${count(item.parsed.x ?? 0)}` } } },
      scales: {
        x: { type: 'linear', stacked: true, min: 0, border: { display: false }, grid: { color: theme.line }, ticks: { color: theme.muted, font, maxTicksLimit: 5, maxRotation: 0, callback: (n) => short(Number(n)) } },
        y: { type: 'category', stacked: true, border: { color: theme.line }, grid: { display: false }, ticks: { color: theme.text, font, autoSkip: false } },
      },
    },
  };
}
