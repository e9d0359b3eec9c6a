import type { Backend } from '../contract/model.ts';
import { COLUMN_IDS, THEMES } from '../contract/settings.ts';
import type { ColumnChoices, Settings } from '../contract/settings.ts';

/** How one setting is written down. What is stored may be anything: other pages of the same origin write there too. */
interface Form<T> {
  readonly key: string;
  readonly fallback: T;
  /** null where the text is none that `write` gives. */
  read(text: string): T | null;
  write(value: T): string;
}

const BACKENDS: readonly Backend[] = ['wasm', 'webgpu'];
/** No setting is longer; what is has not been written by this page. */
const MAX_CHARS = 1000;

const oneOf = <T extends string>(key: string, choices: readonly T[]): Form<T> => ({
  key, fallback: choices[0], read: (text) => choices.find((choice) => choice === text) ?? null, write: (value) => value,
});
const flag = (key: string, fallback: boolean): Form<boolean> => ({
  key, fallback, read: (text) => (text === 'on' ? true : text === 'off' ? false : null), write: (value) => (value ? 'on' : 'off'),
});
/** Written as `+share -level`. A column that this build does not know is passed over: a newer one may have written it. */
const columns: Form<ColumnChoices> = {
  key: 'winnow-columns', fallback: {},
  read(text) {
    const said = text.split(' ');
    return Object.fromEntries(COLUMN_IDS.filter((id) => said.includes(`+${id}`) || said.includes(`-${id}`)).map((id) => [id, said.includes(`+${id}`)]));
  },
  write: (choices) => COLUMN_IDS.flatMap((id) => (choices[id] === undefined ? [] : [`${choices[id] ? '+' : '-'}${id}`])).join(' '),
};

/** All that the page puts into the browser's local storage, one key each. */
const FORMS: { readonly [Name in keyof Settings]: Form<Settings[Name]> } = {
  theme: oneOf('winnow-theme', THEMES),
  letterKeys: flag('winnow-letter-keys', true),
  columns,
  backend: oneOf('winnow-encoder', BACKENDS),
  share: flag('winnow-share', false),
};

export const SETTING_KEYS: readonly string[] = Object.values(FORMS).map(({ key }) => key);

/** Null where the browser lets this page store nothing: settings then last for one visit. */
function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** What was chosen at an earlier visit, or what the page does by itself. Never throws. */
export function readSetting<Name extends keyof Settings>(name: Name): Settings[Name] {
  const { key, fallback, read } = FORMS[name];
  try {
    const text = storage()?.getItem(key) ?? null;
    return text === null || text.length > MAX_CHARS ? fallback : (read(text) ?? fallback);
  } catch {
    return fallback;
  }
}

/** Remembers a choice; one that the page makes by itself needs no storage. Never throws. */
export function writeSetting<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
  const { key, fallback, write } = FORMS[name];
  try {
    const text = write(value);
    if (text === write(fallback)) storage()?.removeItem(key);
    else storage()?.setItem(key, text);
  } catch { /* No room, or none allowed: the choice lasts for this visit. */ }
}

/** Bytes that settings take: keys and values, which are ASCII. 0 where nothing is stored. Never throws. */
export function settingsBytes(): number {
  try {
    const kept = storage();
    return SETTING_KEYS.reduce((sum, key) => sum + ((value) => (value === null ? 0 : key.length + value.length))(kept?.getItem(key) ?? null), 0);
  } catch {
    return 0;
  }
}

/** Deletes all settings from the browser; what is chosen on the open page stays so until it is left. Never throws. */
export function forgetSettings(): void {
  for (const key of SETTING_KEYS) {
    try {
      storage()?.removeItem(key);
    } catch { /* Where nothing may be deleted, nothing could be stored. */ }
  }
}
