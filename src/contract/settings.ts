import type { Backend } from './model.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** Columns of the pattern table. */
export const COLUMN_IDS = ['category', 'entries', 'there', 'change', 'share', 'burst', 'first', 'last', 'sources', 'level', 'confidence', 'decided', 'example'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** Columns that a person has switched on or off; all others come and go with the room that there is. */
export type ColumnChoices = Readonly<Partial<Record<ColumnId, boolean>>>;

/**
 * What a person chose about the page and finds again at the next visit. Nothing in here comes from a log, and nothing
 * changes a label, except where the encoder runs, which the person chose.
 */
export interface Settings {
  readonly theme: ThemeChoice;
  /** Letters act while a list has focus. */
  readonly letterKeys: boolean;
  readonly columns: ColumnChoices;
  readonly backend: Backend;
  /** The installed app is offered as a target where other apps share files. */
  readonly share: boolean;
}
