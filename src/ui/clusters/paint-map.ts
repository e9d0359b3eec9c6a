import { labelColour } from '../charts/chart-theme.ts';
import type { ChartTheme } from '../charts/chart-theme.ts';
import { inkOn, letterOf } from '../palette.ts';
import { LETTER_RADIUS, radiusOf } from './map-view.ts';
import type { Places } from './map-view.ts';

export interface MapDots {
  readonly places: Places;
  /** Category of each point. */
  readonly labels: readonly string[];
  /** Log rows of each point. */
  readonly rows: ArrayLike<number>;
}

/** Points as dots, those with most rows on top, as they say most of a place; a ring around point `current` (-1: none). */
export function paintMap(ctx: CanvasRenderingContext2D, { places, labels, rows }: MapDots, theme: ChartTheme, current: number): void {
  const most = Array.from(rows).reduce((a, b) => Math.max(a, b), 1);
  const order = Array.from(labels.keys()).sort((a, b) => rows[a] - rows[b] || b - a);
  ctx.lineWidth = 1;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.font = `700 10px ${theme.font}`;
  for (const i of order) {
    const colour = labelColour(theme, labels[i]);
    const radius = radiusOf(rows[i], most);
    ctx.beginPath();
    ctx.arc(places.x[i], places.y[i], radius, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
    // A rim of the ground keeps overlapping dots apart.
    ctx.strokeStyle = theme.panel;
    ctx.stroke();
    if (radius < LETTER_RADIUS) continue;
    ctx.fillStyle = inkOn(colour);
    ctx.fillText(letterOf(labels[i]), places.x[i], places.y[i] + 0.5);
  }
  if (current < 0) return;
  ctx.beginPath();
  ctx.arc(places.x[current], places.y[current], radiusOf(rows[current], most) + 4, 0, 2 * Math.PI);
  ctx.lineWidth = 2;
  ctx.strokeStyle = theme.text;
  ctx.stroke();
}
