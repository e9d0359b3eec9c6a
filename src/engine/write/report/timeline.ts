import { NO_FILTER } from '../../../contract/view.ts';
import { scopeOf } from '../../summary/scope.ts';
import { timelineOf } from '../../summary/timeline.ts';
import { Markup, html } from './html.ts';
import { chip, note, section } from './parts.ts';
import type { Page } from './parts.ts';

const WIDTH = 864;
const HEIGHT = 150;
const TOP = 16;
const FOOT = 20;
/** Bins are summed until so many bars are left: thinner ones cannot be told apart on paper. */
const MOST_BARS = 144;
const LABELS = 5;

/** Problems along the log's axis, stacked by category; silence is hatched. */
export function timeline(page: Page): Markup {
  const { data, words } = page;
  const { axis } = data.cells;
  const { problemsByLabel, entries, problems, outside } = timelineOf(data, scopeOf(data, NO_FILTER));
  if (axis.bins === 0 || problems.every((rows) => rows === 0)) return section('Problems along the log', note('No problem was found.'));
  const per = Math.ceil(axis.bins / MOST_BARS);
  const bars = Math.ceil(axis.bins / per);
  const summed = (series: Float64Array): number[] => Array.from({ length: bars }, (_, bar) => series.subarray(bar * per, (bar + 1) * per).reduce((a, b) => a + b, 0));
  const most = Math.max(...summed(problems));
  const codes = [...data.verdicts.labels.keys()].filter((code) => problemsByLabel[code].some((rows) => rows > 0));
  const drawn = stack(codes, codes.map((code) => summed(problemsByLabel[code])), most, WIDTH / bars);
  const silent = summed(entries).map((rows, bar) => (rows > 0 ? '' : `<rect x="${px((bar * WIDTH) / bars)}" y="${TOP}" width="${px(WIDTH / bars)}" height="${HEIGHT}" fill="url(#silent)"/>`)).join('');
  const last = axis.start + axis.bins * axis.width;
  const write = axis.kind === 'row' ? (at: number): string => `entry ${words.count(Math.round(at) + 1)}` : words.timeWriter(axis.start, last, axis.width);
  const ticks = Array.from({ length: LABELS }, (_, i) => {
    const x = (i * WIDTH) / (LABELS - 1);
    const anchor = i === 0 ? 'start' : i === LABELS - 1 ? 'end' : 'middle';
    return html`<text x="${px(x)}" y="${TOP + HEIGHT + 15}" text-anchor="${anchor}">${write(axis.start + (i * (last - axis.start)) / (LABELS - 1))}</text>`;
  });
  return section('Problems along the log',
    html`<figure class="timeline" tabindex="0"><svg viewBox="0 0 ${WIDTH} ${TOP + HEIGHT + FOOT}" role="img" aria-label="Problems along the log, at most ${words.count(most)} in one bar"><defs><pattern id="silent" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="var(--line)" stroke-width="1.4"/></pattern></defs>${new Markup(silent)}<path d="M0 ${TOP + HEIGHT + 0.5}H${WIDTH}" stroke="var(--line)"/>${new Markup(drawn)}<text x="0" y="11">at most ${words.count(most)} in one bar</text>${ticks}</svg></figure>`,
    html`<p class="legend">${codes.map((code) => chip(page, code))}</p>`,
    note([silent === '' ? '' : 'Hatched: no entries at all.', axis.kind === 'time' ? 'Times in UTC.' : 'The log has no times: by entry number.', outside > 0 ? `Left out: ${words.count(outside)} without a time.` : ''].filter((part) => part !== '').join(' ')));
}

/** Bars on top of each other: SVG of numbers only. */
function stack(codes: readonly number[], series: readonly (readonly number[])[], most: number, width: number): string {
  const heights = new Float64Array(series[0].length);
  return series.map((rows, at) => `<g class="c${codes[at]}" fill="var(--c)">${rows.map((n, bar) => {
    if (n === 0) return '';
    const height = Math.max(1, (n / most) * HEIGHT);
    heights[bar] = Math.min(HEIGHT, heights[bar] + height);
    return `<rect x="${px(bar * width + width * 0.06)}" y="${px(TOP + HEIGHT - heights[bar])}" width="${px(width * 0.88)}" height="${px(height)}"/>`;
  }).join('')}</g>`).join('');
}

function px(n: number): string {
  return n.toFixed(2).replace(/\.?0+$/, '');
}
