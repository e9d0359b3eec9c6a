import type { Session } from '../session/session.svelte.ts';

/** What decides the columns of the list of rows. */
export interface RowLayout {
  /** Of the list, in pixels. */
  readonly width: number;
  /** Characters of a time as this log's times are written; 0 = it has none. */
  readonly timeChars: number;
  /** The log names sources. */
  readonly sourced: boolean;
  /** There are several files. */
  readonly filed: boolean;
}

/** Which columns there are besides line, category and message, and the widths of all as CSS grid tracks. */
export interface RowTracks {
  readonly time: boolean;
  readonly source: boolean;
  readonly file: boolean;
  /** Categories are a letter only. */
  readonly letter: boolean;
  readonly css: string;
}

/** Pixels: a digit of a time, and what the title of its column needs. */
const CHAR = 7.8;
const TIME_TITLE = 76;
const GAP = 12;
/** Left and right of a row. */
const EDGES = 24;
/** Less shows too little of a message: something else goes instead. */
const MESSAGE = 220;

/**
 * The columns that leave room for the message; what goes first says least about a row. A time is there whole or not at all:
 * its end is what tells rows apart.
 */
export function rowTracks(layout: RowLayout): RowTracks {
  const { width, timeChars } = layout;
  const has = { letter: false, file: layout.filed, source: layout.sourced, time: timeChars > 0 };
  const widths = (): number[] => [
    ...(has.file ? [132] : []), 60, ...(has.time ? [Math.max(TIME_TITLE, Math.ceil(timeChars * CHAR))] : []),
    ...(has.source ? [132] : []), has.letter ? 24 : 164,
  ];
  const left = (): number => width - EDGES - widths().reduce((sum, one) => sum + one + GAP, 0);
  for (const goes of ['letter', 'file', 'source', 'time'] as const) if (left() < MESSAGE) has[goes] = goes === 'letter';
  return { ...has, css: `${widths().map((one) => `${one}px`).join(' ')} minmax(0, 1fr)` };
}

/** Rows of such a log are long as they stand in the file: stack traces, or objects with many fields. */
export function longRows({ lines, entries, files, dialect }: Pick<Session, 'lines' | 'entries' | 'files' | 'dialect'>): boolean {
  // Each file may have a line that is no entry: the header.
  return lines > entries + files.length || (dialect !== null && dialect.format !== 'csv' && dialect.columns.length > 0);
}

/** The end of a file's path tells files apart: "…/logs/first.log". */
export function nameEnd(name: string, most = 18): string {
  const characters = [...name];
  return characters.length <= most ? name : `…${characters.slice(1 - most).join('')}`;
}
