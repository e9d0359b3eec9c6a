/** Part of the map that is in view: the point in its middle, in the map's own units, and how much larger than the whole it is. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  /** 1: everything is in view. */
  readonly zoom: number;
}

/** Places on the canvas, CSS pixels, parallel to the points. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface Box { readonly width: number; readonly height: number }

export const MAX_ZOOM = 32;
/** Room for the largest dot at the edge. */
const MARGIN = 18;
const LEAST_RADIUS = 2.5;
const MOST_RADIUS = 11;
/** A letter of 11 pixels fits from this radius on. */
export const LETTER_RADIUS = 7;

interface Extent { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

function extentOf(points: readonly { readonly x: number; readonly y: number }[]): Extent {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (points.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** The whole map. */
export function wholeView(points: readonly { readonly x: number; readonly y: number }[]): MapView {
  const { x, y } = extentOf(points);
  return { x, y, zoom: 1 };
}

/** Where each point lies: one scale for both directions, as only distances mean something. */
export function placePoints(points: readonly { readonly x: number; readonly y: number }[], view: MapView, { width, height }: Box): Places {
  const extent = extentOf(points);
  const room = (across: number, size: number): number => (size > 0 ? Math.max(1, across - 2 * MARGIN) / size : Infinity);
  const fit = Math.min(room(width, extent.width), room(height, extent.height));
  const scale = (Number.isFinite(fit) ? fit : 1) * view.zoom;
  return {
    x: Float32Array.from(points, (point) => width / 2 + (point.x - view.x) * scale),
    y: Float32Array.from(points, (point) => height / 2 + (point.y - view.y) * scale),
  };
}

/** Between area and log scale: a thousand times the rows is seen at once, and one row is still visible beside a million. */
export function radiusOf(rows: number, most: number): number {
  return LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.cbrt(Math.max(0, rows) / Math.max(1, rows, most));
}

/** The point nearest to a place on the canvas and no further than `within`; -1 if there is none. */
export function pointAt({ x, y }: Places, atX: number, atY: number, within: number): number {
  let best = -1;
  let least = within * within;
  for (let i = 0; i < x.length; i++) {
    const distance = (x[i] - atX) ** 2 + (y[i] - atY) ** 2;
    if (distance > least || (distance === least && best >= 0)) continue;
    best = i;
    least = distance;
  }
  return best;
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';
const STEPS: Readonly<Record<Direction, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The point that an arrow key goes to: the nearest within 45° of the direction, else the nearest that lies that way at
 * all; `from` itself at the edge. Of points in one place the next in order, so that all can be reached.
 */
export function pointBeside({ x, y }: Places, from: number, direction: Direction): number {
  const [stepX, stepY] = STEPS[direction];
  const best = [from, from];
  const least = [Infinity, Infinity];
  const forward = stepX + stepY > 0;
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i] - x[from], y[i] - y[from]];
    if (dx === 0 && dy === 0 && i !== from && (forward ? i > from : i < from) && (least[0] > 0 || !forward)) {
      best[0] = i;
      least[0] = 0;
    }
    const ahead = dx * stepX + dy * stepY;
    const aside = Math.abs(dx * stepY) + Math.abs(dy * stepX);
    if (ahead <= 0) continue;
    const distance = dx * dx + dy * dy;
    const kind = aside <= ahead ? 0 : 1;
    if (distance >= least[kind]) continue;
    best[kind] = i;
    least[kind] = distance;
  }
  return least[0] < Infinity ? best[0] : best[1];
}
