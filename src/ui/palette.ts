import { CATEGORIES, UNCLASSIFIED, UNCLASSIFIED_KEY } from '../contract/category.ts';
import { ownCategories } from './own-categories.svelte.ts';

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

/** What people may choose for their own categories; found in the same way, at least 0.05 from one another and from those above. */
export const OWN_COLOURS: readonly (Colour & { readonly name: string })[] = [
  { name: 'violet', light: '#482f63', dark: '#7453e5' },
  { name: 'pink', light: '#d249b8', dark: '#f676c6' },
  { name: 'purple', light: '#a148f1', dark: '#b81fb9' },
  { name: 'teal', light: '#2e829f', dark: '#99f7fc' },
  { name: 'brown', light: '#8a664c', dark: '#97807b' },
  { name: 'lavender', light: '#9e76f2', dark: '#b495fe' },
  { name: 'sea blue', light: '#2e6c94', dark: '#22b4d1' },
  { name: 'plum', light: '#681944', dark: '#a96098' },
  { name: 'slate', light: '#50495b', dark: '#b9bcd1' },
  { name: 'steel', light: '#4f606d', dark: '#889ba9' },
  { name: 'indigo', light: '#2c3893', dark: '#6d80ce' },
  { name: 'mist', light: '#758f93', dark: '#aad9f2' },
];

/** The category's colour, the same wherever it appears. Follows changes of own categories. */
export function colourOf(label: string): Colour {
  const known = Object.hasOwn(BUILT_IN, label) ? BUILT_IN[label] : ownCategories.of(label)?.colour;
  if (known !== undefined) return known;
  // A class of an added model: nobody chose a colour for it.
  let hash = 0;
  for (let i = 0; i < label.length; i++) hash = (hash * 31 + label.charCodeAt(i)) >>> 0;
  return OWN_COLOURS[hash % OWN_COLOURS.length];
}

/** The letter on its chip, so that colour never stands alone: the key that labels with it, where it has one. */
export function letterOf(label: string): string {
  if (label === UNCLASSIFIED) return UNCLASSIFIED_KEY;
  const built = CATEGORIES.find((category) => category.name === label);
  return (built?.key ?? (ownCategories.keyOf(label) || [...label][0] || '?')).toUpperCase();
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
