import { CATEGORIES, UNCLASSIFIED, UNCLASSIFIED_KEY } from '../contract/category.ts';

/** One colour for each theme. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/**
 * Found by search in OKLCH: contrast of at least 3:1 with the page, and any two colours at least 0.085 apart
 * in OKLab as seen with normal, protan, deutan and tritan sight (Machado, Oliveira, Fernandes 2009).
 */
const BUILT_IN: Readonly<Record<string, Colour>> = {
  'HTTP Status': { light: '#071192', dark: '#4488f4' },
  'Security Alert': { light: '#822cce', dark: '#c858bc' },
  'System Notification': { light: '#05587d', dark: '#7ec7fe' },
  'User Action': { light: '#15a46f', dark: '#20eeca' },
  'Resource Usage': { light: '#2d4d00', dark: '#ecf89b' },
  'Error': { light: '#b44c11', dark: '#fd6a22' },
  'Critical Error': { light: '#9b0d45', dark: '#d71540' },
  'Workflow Error': { light: '#aa8520', dark: '#e4b82f' },
  'Deprecation Warning': { light: '#441f1c', dark: '#aa9786' },
  [UNCLASSIFIED]: { light: '#6f7479', dark: '#686d72' },
};

/** For categories that people add; beyond these the letter alone tells them apart. */
const OWN: readonly Colour[] = [
  { light: '#0b7285', dark: '#3bc9db' }, { light: '#a61e4d', dark: '#faa2c1' }, { light: '#5f3dc4', dark: '#b197fc' }, { light: '#5c940d', dark: '#a9e34b' },
];

/** The category's colour, the same wherever it appears. */
export function colourOf(label: string): Colour {
  const built = BUILT_IN[label];
  if (built !== undefined) return built;
  let hash = 0;
  for (let i = 0; i < label.length; i++) hash = (hash * 31 + label.charCodeAt(i)) >>> 0;
  return OWN[hash % OWN.length];
}

/** The letter on its chip, so that colour never stands alone. */
export function letterOf(label: string): string {
  if (label === UNCLASSIFIED) return UNCLASSIFIED_KEY;
  const built = CATEGORIES.find((category) => category.name === label);
  return (built?.key ?? label.charAt(0)).toUpperCase();
}

/** As a CSS value that follows the theme. */
export function cssColour(colour: Colour): string {
  return `light-dark(${colour.light}, ${colour.dark})`;
}

/** Black or white, whichever is easier to read on `hex` (relative luminance, WCAG 2.2). */
export function inkOn(hex: string): '#000000' | '#ffffff' {
  const channel = (at: number): number => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return (luminance + 0.05) ** 2 > 1.05 * 0.05 ? '#000000' : '#ffffff';
}
