/**
 * Browsers stop at a maximum element height (about 17.9 million px in Firefox, 33.5 million in Chromium), so a
 * long list gets a spacer of at most this height and its scroll position is scaled.
 */
export const MAX_SPACER = 8_000_000;

/** Geometry of a list of equally high rows in a scrolling box. All in CSS pixels. */
export interface Geometry {
  readonly total: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

export interface Slice {
  /** First row to draw. */
  readonly first: number;
  /** Rows to draw. */
  readonly count: number;
  /** Where the first row's top lies relative to the visible top edge (zero or negative). */
  readonly offset: number;
}

/** Height of all rows. */
export const fullHeight = (g: Geometry): number => g.total * g.rowHeight;
/** Height of the element that makes the box scroll. */
export const spacerHeight = (g: Geometry): number => Math.min(fullHeight(g), Math.max(MAX_SPACER, g.viewport));
/** Largest distance from the top of the list to the top of the view. */
export const maxTop = (g: Geometry): number => Math.max(0, fullHeight(g) - g.viewport);

/** How many pixels of list one pixel of scrolling stands for; 1 for lists that fit under the maximum. */
export function scale(g: Geometry): number {
  const room = spacerHeight(g) - g.viewport;
  return room <= 0 ? 1 : maxTop(g) / room;
}

/** Rows to draw when the view's top edge is `top` pixels below the list's. */
export function sliceAt(g: Geometry, top: number): Slice {
  const clamped = Math.min(Math.max(0, top), maxTop(g));
  const first = Math.min(Math.floor(clamped / g.rowHeight), Math.max(0, g.total - 1));
  const count = Math.min(g.total - first, Math.ceil(g.viewport / g.rowHeight) + 1);
  return { first, count: Math.max(0, count), offset: first * g.rowHeight - clamped };
}

/** The nearest top at which row `index` is wholly visible. */
export function topShowing(g: Geometry, top: number, index: number): number {
  const y = index * g.rowHeight;
  if (y < top) return y;
  if (y + g.rowHeight > top + g.viewport) return Math.min(maxTop(g), y + g.rowHeight - g.viewport);
  return top;
}
