import { count, share } from '../format.ts';
import { labelColour } from './chart-theme.ts';
import type { Picture } from './png.ts';

export interface TotalBar { readonly label: string; readonly rows: number }

const ROW = 26;
const NAME = 170;
const BAR = 260;

/** Category totals as bars with their numbers; `note` goes under them. */
export function totalsPicture(bars: readonly TotalBar[], note: string): Picture {
  const max = bars.reduce((a, bar) => Math.max(a, bar.rows), 1);
  const all = bars.reduce((a, bar) => a + bar.rows, 0);
  return {
    width: NAME + BAR + 160, height: bars.length * ROW + 28,
    paint(ctx, theme) {
      ctx.textBaseline = 'middle';
      ctx.font = `12px ${theme.font}`;
      bars.forEach((bar, i) => {
        const y = i * ROW;
        ctx.fillStyle = theme.text;
        ctx.fillText(bar.label, 0, y + ROW / 2, NAME - 8);
        ctx.fillStyle = labelColour(theme, bar.label);
        ctx.fillRect(NAME, y + 5, (BAR * bar.rows) / max, ROW - 10);
        ctx.fillStyle = theme.text;
        ctx.fillText(`${count(bar.rows)}  (${share(bar.rows, all)})`, NAME + (BAR * bar.rows) / max + 8, y + ROW / 2);
      });
      ctx.fillStyle = theme.muted;
      ctx.fillText(note, 0, bars.length * ROW + 14, NAME + BAR + 160);
    },
  };
}
