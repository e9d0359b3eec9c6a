import type { ChartConfiguration } from 'chart.js';
import type { CalibrationBin } from '../../engine/evaluate/calibration-curve.ts';
import { percent } from '../evaluate/percent.ts';
import { plural } from '../format.ts';
import type { ChartTheme } from './chart-theme.ts';

interface Point { x: number; y: number }

/** One bar per bin, as high as answers of its confidence are right; where they are as right as sure, bars end at the diagonal. */
export function calibrationChart(bins: readonly CalibrationBin[], theme: ChartTheme): ChartConfiguration<'bar', Point[]> {
  const font = { family: theme.font, size: 11 };
  const axis = (text: string) => ({
    type: 'linear' as const, min: 0, max: 1, offset: false, border: { display: false }, grid: { color: theme.line, offset: false },
    title: { display: true, text, color: theme.muted, font },
    ticks: { color: theme.muted, font, stepSize: 0.25, maxRotation: 0, callback: (n: number | string) => `${Math.round(100 * Number(n))} %` },
  });
  return {
    type: 'bar',
    data: { datasets: [{ label: 'right', data: bins.map(({ confidence, right }) => ({ x: confidence, y: right })), backgroundColor: theme.shade, borderColor: theme.panel, borderWidth: { left: 1, right: 1 }, barThickness: 8, minBarLength: 2 }] },
    options: {
      animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false,
      plugins: { tooltip: { animation: false, callbacks: {
        title: (items) => `${percent(items[0].parsed.x ?? 0)} sure`,
        label: (item) => ` ${percent(item.parsed.y ?? 0)} right (${plural(Math.round(bins[item.dataIndex].rows), 'line')})`,
      } } },
      scales: { x: axis('how sure the models were'), y: axis('how often right') },
    },
    plugins: [{
      id: 'diagonal',
      afterDatasetsDraw: ({ ctx, scales: { x, y } }) => {
        ctx.save();
        ctx.strokeStyle = theme.text;
        ctx.setLineDash([4, 4]);
        ctx.beginPath();
        ctx.moveTo(x.getPixelForValue(0), y.getPixelForValue(0));
        ctx.lineTo(x.getPixelForValue(1), y.getPixelForValue(1));
        ctx.stroke();
        ctx.restore();
      },
    }],
  };
}
