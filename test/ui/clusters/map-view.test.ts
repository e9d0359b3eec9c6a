import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placePoints, pointAt, pointBeside, radiusOf, wholeView } from '../../../src/ui/clusters/map-view.ts';
import type { Direction } from '../../../src/ui/clusters/map-view.ts';

const box = { width: 600, height: 400 };
const point = fc.record({ x: fc.integer({ min: -50, max: 50 }), y: fc.integer({ min: -50, max: 50 }) });
const cloud = fc.array(point, { minLength: 1, maxLength: 40 });

describe('the map', () => {
  it('shows every point, in one scale for both directions', () => {
    fc.assert(fc.property(cloud, (points) => {
      const { x, y } = placePoints(points, wholeView(points), box);
      points.forEach((_, i) => {
        expect(x[i]).toBeGreaterThanOrEqual(0);
        expect(x[i]).toBeLessThanOrEqual(box.width);
        expect(y[i]).toBeGreaterThanOrEqual(0);
        expect(y[i]).toBeLessThanOrEqual(box.height);
      });
      const drawn = Math.hypot(x[0] - x[points.length - 1], y[0] - y[points.length - 1]);
      const real = Math.hypot(points[0].x - points[points.length - 1].x, points[0].y - points[points.length - 1].y);
      for (let i = 1; i < points.length; i++) {
        const other = Math.hypot(points[i].x - points[0].x, points[i].y - points[0].y);
        expect(Math.hypot(x[i] - x[0], y[i] - y[0]) * real).toBeCloseTo(other * drawn, 0);
      }
    }));
  });
  it('has the middle of a closer view in its own middle', () => {
    const points = [{ x: 0, y: 0 }, { x: 10, y: 4 }, { x: 3, y: 3 }];
    const { x, y } = placePoints(points, { x: 3, y: 3, zoom: 4 }, box);
    expect([x[2], y[2]]).toEqual([300, 200]);
    const whole = placePoints(points, wholeView(points), box);
    expect(x[1] - x[0]).toBeCloseTo(4 * (whole.x[1] - whole.x[0]), 2);
  });
  it('finds the dot that is pointed at', () => {
    const places = { x: Float32Array.of(10, 100, 104), y: Float32Array.of(10, 50, 50) };
    expect(pointAt(places, 103, 52, 14)).toBe(2);
    expect(pointAt(places, 99, 50, 14)).toBe(1);
    expect(pointAt(places, 60, 50, 14)).toBe(-1);
  });
  it('gives more rows a larger dot, and every row a visible one', () => {
    expect(radiusOf(1, 1e6)).toBeGreaterThan(2);
    expect(radiusOf(1000, 1e6)).toBeGreaterThan(radiusOf(10, 1e6));
    expect(radiusOf(1e6, 1e6)).toBeLessThan(18);
  });
});

describe('arrow keys', () => {
  const opposite: Readonly<Record<Direction, Direction>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft', ArrowUp: 'ArrowDown', ArrowDown: 'ArrowUp' };
  const directions = Object.keys(opposite) as Direction[];

  it('go to the nearest point that way', () => {
    const places = { x: Float32Array.of(0, 10, 12, 30, 0), y: Float32Array.of(0, 40, 5, 0, -20) };
    expect(pointBeside(places, 0, 'ArrowRight')).toBe(2);
    expect(pointBeside(places, 0, 'ArrowDown')).toBe(1);
    expect(pointBeside(places, 0, 'ArrowUp')).toBe(4);
    // Nothing lies within 45° to the left of point 2, but something does lie to the left.
    expect(pointBeside(places, 1, 'ArrowLeft')).toBe(0);
    expect(pointBeside(places, 4, 'ArrowUp')).toBe(4);
  });
  it('reach every point from every other, also those in one place', () => {
    fc.assert(fc.property(cloud, (points) => {
      const places = placePoints(points, wholeView(points), box);
      const reached = new Set([0]);
      for (const i of reached) for (const direction of directions) reached.add(pointBeside(places, i, direction));
      expect(reached.size).toBe(points.length);
    }), { numRuns: 300 });
  });
});
