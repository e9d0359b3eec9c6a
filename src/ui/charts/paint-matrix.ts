import type { MatrixRow } from '../../engine/summary/matrix.ts';
import { tiny } from '../format.ts';
import { inkOn, letterOf } from '../palette.ts';
import { labelColour } from './chart-theme.ts';
import type { Picture } from './png.ts';

const NAME = 170;
const CELL = 64;
const ROW = 24;

/** Percent of the shade behind the largest number: more would leave it too little contrast (WCAG AA) on dark. */
export const SHADE = 42;

/** Share of full shade for a count, on a log scale: 0 for none, at least a visible trace for one. */
export function shadeOf(rows: number, max: number): number {
  if (rows <= 0) return 0;
  return 0.08 + 0.92 * (Math.log1p(rows) / Math.log1p(Math.max(rows, max)));
}

/** The source × category table as a picture. */
export function matrixPicture(rows: readonly MatrixRow[], names: readonly string[], codes: readonly number[], labels: readonly string[], max: number): Picture {
  return {
    width: NAME + codes.length * CELL, height: (rows.length + 1) * ROW + 20 * Math.ceil(codes.length / 3),
    paint(ctx, theme) {
      ctx.textBaseline = 'middle';
      codes.forEach((code, c) => {
        const colour = labelColour(theme, labels[code]);
        ctx.fillStyle = colour;
        ctx.fillRect(NAME + c * CELL + CELL / 2 - 9, 2, 18, 18);
        ctx.fillStyle = inkOn(colour);
        ctx.textAlign = 'center';
        ctx.font = `600 11px ${theme.font}`;
        ctx.fillText(letterOf(labels[code]), NAME + c * CELL + CELL / 2, 11);
        ctx.textAlign = 'left';
        ctx.fillStyle = theme.muted;
        ctx.font = `11px ${theme.font}`;
        ctx.fillText(`${letterOf(labels[code])} = ${labels[code]}`, (c % 3) * 190, (rows.length + 1) * ROW + 14 + 20 * Math.floor(c / 3));
      });
      rows.forEach((row, r) => {
        const y = (r + 1) * ROW;
        ctx.font = `12px ${theme.font}`;
        ctx.textAlign = 'left';
        ctx.fillStyle = theme.text;
        ctx.fillText(names[r], 0, y + ROW / 2, NAME - 8);
        codes.forEach((code, c) => {
          ctx.globalAlpha = 0.55 * shadeOf(row.byLabel[code], max);
          ctx.fillStyle = theme.shade;
          ctx.fillRect(NAME + c * CELL + 1, y + 1, CELL - 2, ROW - 2);
          ctx.globalAlpha = 1;
          ctx.fillStyle = theme.text;
          ctx.textAlign = 'right';
          if (row.byLabel[code] > 0) ctx.fillText(tiny(row.byLabel[code]), NAME + (c + 1) * CELL - 6, y + ROW / 2);
        });
      });
    },
  };
}
