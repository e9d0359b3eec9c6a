import { describe, expect, it } from 'vitest';
import { CATEGORIES, UNCLASSIFIED } from '../../src/contract/category.ts';
import { categoryChoices, categoryOfKey } from '../../src/ui/category-keys.ts';
import { ownCategories } from '../../src/ui/own-categories.svelte.ts';
import { OWN_COLOURS, colourOf, inkOn, letterOf } from '../../src/ui/palette.ts';

const NAMES = [...CATEGORIES.map((category) => category.name as string), UNCLASSIFIED];
type Rgb = readonly [number, number, number];

const linear = (hex: string): Rgb => [1, 3, 5].map((i) => {
  const c = parseInt(hex.slice(i, i + 2), 16) / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}) as unknown as Rgb;
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(linear(a)), luminance(linear(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
/** Ottosson's OKLab. */
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
}
/** Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB. */
const SIGHT: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
function seen(matrix: readonly Rgb[], rgb: Rgb): Rgb {
  return matrix.map((row) => Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]))) as unknown as Rgb;
}

describe.each([['light', ['#ffffff', '#f5f6f7']], ['dark', ['#1c2024', '#14171a']]] as const)('category colours, %s', (theme, grounds) => {
  const colours = NAMES.map((name) => colourOf(name)[theme]);
  const all = [...colours, ...OWN_COLOURS.map((colour) => colour[theme])];
  it('stand out from the page (WCAG 2.2, 1.4.11: 3:1)', () => {
    for (const colour of all) for (const ground of grounds) expect(contrast(colour, ground), colour).toBeGreaterThanOrEqual(2.9);
  });
  it('carry a letter that can be read on them (4.5:1)', () => {
    for (const colour of all) expect(contrast(colour, inkOn(colour)), colour).toBeGreaterThanOrEqual(4.5);
  });
  it.each(Object.keys(SIGHT))('differ for %s sight', (sight) => {
    const labs = colours.map((colour) => oklab(seen(SIGHT[sight], linear(colour))));
    labs.forEach((a, i) => labs.slice(0, i).forEach((b, j) => {
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${NAMES[i]} and ${NAMES[j]}`).toBeGreaterThan(0.065);
    }));
  });
});

describe.each(['light', 'dark'] as const)('colours for own categories, %s', (theme) => {
  it.each(Object.keys(SIGHT))('differ from all others for %s sight', (sight) => {
    const all = [...NAMES.map((name) => colourOf(name)[theme]), ...OWN_COLOURS.map((colour) => colour[theme])].map((colour) => oklab(seen(SIGHT[sight], linear(colour))));
    all.slice(NAMES.length).forEach((a, own) => all.slice(0, NAMES.length + own).forEach((b, j) => {
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${OWN_COLOURS[own].name} and number ${j}`).toBeGreaterThan(0.045);
    }));
  });
});

describe('own categories', () => {
  const own = ['payments', 'noise'].map((name, at) => ({ name, meaning: '', colour: OWN_COLOURS[at + 3], problem: false }));
  it('have their chosen colour, a digit on the chip and on the keyboard, and come after the others', () => {
    ownCategories.follow(() => own);
    expect([letterOf('payments'), letterOf('noise')]).toEqual(['1', '2']);
    expect(colourOf('noise')).toEqual(OWN_COLOURS[4]);
    expect([categoryOfKey('2'), categoryOfKey('3'), categoryOfKey('e'), categoryOfKey('0'), categoryOfKey('x')]).toEqual(['noise', null, 'Error', UNCLASSIFIED, null]);
    expect(categoryChoices().slice(-3)).toEqual([UNCLASSIFIED, 'payments', 'noise']);
    ownCategories.follow(() => []);
    expect(categoryOfKey('2')).toBeNull();
  });
});

describe('letters', () => {
  it('are different for all built-in categories', () => {
    expect(new Set(NAMES.map(letterOf)).size).toBe(NAMES.length);
  });
  it('and a colour exist for categories that people add', () => {
    expect(letterOf('payments')).toBe('P');
    expect(colourOf('payments')).toEqual(colourOf('payments'));
    expect(colourOf('payments').light).toMatch(/^#[0-9a-f]{6}$/);
  });
});
