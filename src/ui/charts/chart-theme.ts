import { colourOf } from '../palette.ts';

/** Colours of a canvas, where style sheets do not reach. */
export interface ChartTheme {
  readonly dark: boolean;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly panel: string;
  readonly shade: string;
  readonly font: string;
}

const TOKENS = ['text', 'muted', 'line', 'panel', 'shade'] as const;

/** Reads the page's tokens as the browser resolves them for `dark`, which must be what is on screen. */
export function chartTheme(dark: boolean): ChartTheme {
  const probe = document.createElement('span');
  // A system with few colours of its own would give the same one for all: letters on a ground of their own colour.
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const [text, muted, line, panel, shade] = TOKENS.map(read);
  const font = getComputedStyle(document.body).fontFamily;
  probe.remove();
  return { dark, text, muted, line, panel, shade, font };
}

/** A category's colour as a canvas needs it. */
export function labelColour(theme: ChartTheme, label: string): string {
  const colour = colourOf(label);
  return theme.dark ? colour.dark : colour.light;
}
