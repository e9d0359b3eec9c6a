import { downloadFile } from '../../session/download-file.ts';
import type { ChartTheme } from './chart-theme.ts';

/** What a picture shows; `paint` draws into width × height CSS pixels below the title. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  paint(ctx: CanvasRenderingContext2D, theme: ChartTheme): void;
}

const SCALE = 2;
const TITLE = 34;
const MARGIN = 12;

/** Draws the picture under its title, on the page's ground, and hands it to the browser as NAME.png. */
export async function savePng(picture: Picture, title: string, theme: ChartTheme): Promise<void> {
  const canvas = document.createElement('canvas');
  canvas.width = (picture.width + 2 * MARGIN) * SCALE;
  canvas.height = (picture.height + TITLE + MARGIN) * SCALE;
  const ctx = canvas.getContext('2d');
  if (ctx === null) throw new Error('This browser gives no canvas to draw on.');
  ctx.scale(SCALE, SCALE);
  ctx.fillStyle = theme.panel;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = theme.text;
  ctx.font = `600 14px ${theme.font}`;
  ctx.fillText(title, MARGIN, 22);
  ctx.translate(MARGIN, TITLE);
  picture.paint(ctx, theme);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) throw new Error('The picture is too large for this browser.');
  downloadFile(`${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`, [blob], 'image/png');
}

/** A picture of what a canvas shows. */
export function pictureOf(canvas: HTMLCanvasElement): Picture {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  return { width, height, paint: (ctx) => ctx.drawImage(canvas, 0, 0, width, height) };
}

/** One picture under another. */
export function below(upper: Picture, lower: Picture): Picture {
  return {
    width: Math.max(upper.width, lower.width), height: upper.height + MARGIN + lower.height,
    paint(ctx, theme) {
      upper.paint(ctx, theme);
      ctx.translate(0, upper.height + MARGIN);
      lower.paint(ctx, theme);
    },
  };
}
