import type { Chart, ChartConfiguration, ChartData, ChartDataset, ChartOptions, Plugin, Scale } from 'chart.js';
import type { Timeline } from '../../engine/summary/timeline.ts';
import { letterOf } from '../palette.ts';
import { count, short } from '../format.ts';
import { labelColour } from './chart-theme.ts';
import type { ChartTheme } from './chart-theme.ts';

export interface TimelineInput {
  readonly timeline: Timeline;
  /** Names by label code. */
  readonly labels: readonly string[];
  /** Label codes that get a lane, from top to bottom. */
  readonly lanes: readonly number[];
  /** The upper chart shows problems only, or all entries. */
  readonly problemsOnly: boolean;
  /** What the upper chart counts, e.g. "Problems per 2 min". */
  readonly title: string;
  /** Written under each bin. */
  readonly ticks: readonly string[];
  readonly theme: ChartTheme;
}

export const TOP_HEIGHT = 150;
export const LANE_HEIGHT = 34;
const AXIS_HEIGHT = 24;
/** Width of the vertical axes: room for "12.3K". */
const GUTTER = 44;
/** Room above the bars of a lane for its name, as a share of its maximum. */
const HEADROOM = 1.75;

export const timelineHeight = (lanes: number): number => TOP_HEIGHT + lanes * LANE_HEIGHT + AXIS_HEIGHT;

interface Band { readonly axis: string; readonly title: string; readonly note: string; readonly colour: string | null }
/** Travels with the data, so that an update needs no new plugin. */
type TimelineData = ChartData<'bar', Point[]> & { bands: readonly Band[]; silent: readonly (readonly [number, number])[]; theme: ChartTheme };
interface Point { x: number; y: number }

/** Configuration of the timeline: an upper stacked chart and one lane per category, each on its own scale. */
export function timelineChart(input: TimelineInput): ChartConfiguration<'bar', Point[]> {
  const { timeline, labels, lanes, theme } = input;
  const series = input.problemsOnly ? timeline.problemsByLabel : timeline.byLabel;
  const total = input.problemsOnly ? timeline.problems : timeline.entries;
  const top = total.reduce((a, b) => Math.max(a, b), 0);
  const datasets: ChartDataset<'bar', Point[]>[] = [];
  const used = labels.map((_, code) => code).filter((code) => series[code].some((n) => n > 0));
  for (const code of used) datasets.push(bars(labels[code], series[code], 'top', labelColour(theme, labels[code])));
  for (const code of lanes) datasets.push(bars(labels[code], timeline.byLabel[code], `lane${code}`, labelColour(theme, labels[code])));
  const bands: Band[] = [{ axis: 'top', title: input.title, note: `max ${count(top)}`, colour: null }];
  for (const code of lanes) bands.push({ axis: `lane${code}`, title: `${letterOf(labels[code])}  ${labels[code]}`, note: `max ${count(timeline.maxima[code])}`, colour: labelColour(theme, labels[code]) });
  const data: TimelineData = { labels: [...input.ticks], datasets, bands, silent: silentRuns(timeline.entries), theme };
  return { type: 'bar', data, options: options(input, top), plugins: [annotations] };
}

function bars(label: string, rows: Float64Array, axis: string, colour: string): ChartDataset<'bar', Point[]> {
  const data: Point[] = [];
  for (let x = 0; x < rows.length; x++) if (rows[x] > 0) data.push({ x, y: rows[x] });
  return { label, data, yAxisID: axis, backgroundColor: colour, grouped: false, barPercentage: 1, categoryPercentage: rows.length > 150 ? 1 : 0.92, minBarLength: 2 };
}

function options({ timeline, lanes, theme }: TimelineInput, top: number): ChartOptions<'bar'> {
  const scale = (max: number, height: number, weight: number, ticks: boolean) => ({
    // Said outright: Chart.js would look for a dataset on the axis, and a log without problems has none on the upper one.
    type: 'linear' as const, axis: 'y' as const, stack: 'lanes', stackWeight: height, weight, stacked: true, min: 0, max: Math.max(1, max), offset: false,
    afterFit: (axis: Scale) => { axis.width = GUTTER; },
    border: { display: false }, grid: { display: ticks, color: theme.line, drawTicks: false },
    ticks: { display: ticks, color: theme.muted, font: { family: theme.font, size: 11 }, maxTicksLimit: 4, precision: 0, includeBounds: false, padding: 6, callback: (n: number | string) => short(Number(n)) },
  });
  const scales: NonNullable<ChartOptions<'bar'>['scales']> = {
    x: { type: 'category', stacked: true, offset: true, border: { color: theme.line }, grid: { display: false }, ticks: { color: theme.muted, font: { family: theme.font, size: 11 }, maxRotation: 0, autoSkip: true, autoSkipPadding: 24 } },
  };
  // The heaviest axis is the uppermost. Without weights the order is that of creation, and lanes come and go.
  lanes.forEach((code, index) => (scales[`lane${code}`] = scale(timeline.maxima[code] * HEADROOM, LANE_HEIGHT, lanes.length - index, false)));
  scales['top'] = scale(top * 1.18, TOP_HEIGHT, lanes.length + 1, true);
  return { animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false, events: [], layout: { padding: { right: 4 } }, scales };
}

/** Runs of bins without any line: [first, last]. */
export function silentRuns(entries: Float64Array): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  let start = -1;
  for (let b = 0; b <= entries.length; b++) {
    const silent = b < entries.length && entries[b] === 0;
    if (silent && start < 0) start = b;
    if (!silent && start >= 0) { runs.push([start, b - 1]); start = -1; }
  }
  return runs;
}

/** The chart's data is what timelineChart made: the library's types know nothing of the bands in it. */
const dataOf = (chart: Chart): TimelineData => chart.config.data as unknown as TimelineData;

const annotations: Plugin<'bar'> = {
  id: 'winnow-timeline',
  beforeDatasetsDraw: (chart) => drawSilence(chart, dataOf(chart)),
  afterDatasetsDraw: (chart) => drawBands(chart, dataOf(chart)),
};

function drawSilence({ ctx, chartArea }: Chart, { silent, labels, theme }: TimelineData): void {
  const step = (chartArea.right - chartArea.left) / Math.max(1, labels?.length ?? 1);
  ctx.save();
  ctx.strokeStyle = theme.line;
  for (const [first, last] of silent) {
    const left = chartArea.left + first * step;
    const width = (last - first + 1) * step;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, chartArea.top, width, chartArea.bottom - chartArea.top);
    ctx.clip();
    ctx.beginPath();
    // Lines start on a common grid, so that neighbouring runs share one hatching.
    const height = chartArea.bottom - chartArea.top;
    for (let x = Math.floor((left - height) / 7) * 7; x < left + width; x += 7) { ctx.moveTo(x, chartArea.bottom); ctx.lineTo(x + height, chartArea.top); }
    ctx.stroke();
    ctx.restore();
  }
  ctx.restore();
}

function drawBands(chart: Chart, { bands, theme }: TimelineData): void {
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.textBaseline = 'top';
  for (const band of bands) {
    const scale = chart.scales[band.axis];
    if (band.colour !== null) {
      ctx.fillStyle = theme.line;
      ctx.fillRect(chartArea.left, Math.round(scale.top), chartArea.right - chartArea.left, 1);
    }
    const y = scale.top + 3;
    ctx.font = `600 11px ${theme.font}`;
    let x = chartArea.left + 5;
    if (band.colour !== null) {
      ctx.fillStyle = band.colour;
      ctx.fillRect(x, y + 1, 8, 8);
      x += 12;
    }
    halo(ctx, band.title, x, y, theme.text, theme.panel, 'left');
    ctx.font = `11px ${theme.font}`;
    halo(ctx, band.note, chartArea.right - 5, y, theme.muted, theme.panel, 'right');
  }
  ctx.restore();
}

/** Text that stays legible over bars and hatching. */
function halo(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, ink: string, ground: string, align: CanvasTextAlign): void {
  ctx.textAlign = align;
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3;
  ctx.strokeStyle = ground;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}
