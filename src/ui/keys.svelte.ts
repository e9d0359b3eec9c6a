import { readSetting, writeSetting } from '../session/settings.ts';
import { categoryOfKey } from './category-keys.ts';

/** Keys that act while a table has focus; can be switched off for people whose tools need the letters, which is remembered. */
class Keys {
  #on = $state(readSetting('letterKeys'));

  get on(): boolean { return this.#on; }
  set on(on: boolean) {
    this.#on = on;
    writeSetting('letterKeys', on);
  }
}
export const keys = new Keys();

/** What the help lists: only keys that work. */
export const KEY_HELP: readonly (readonly [string, string])[] = [
  ['h s n u r e c w d', 'this is: the category with that letter on its sign'],
  ['0', 'this is Unclassified'],
  ['1 … 9', 'this is: one of your own categories'],
  ['Enter', 'this is right'],
  ['Ctrl+Z', 'undo, anywhere on the page'],
  ['Ctrl+Shift+Z', 'redo (also Ctrl+Y)'],
  ['x', 'select, or no longer; keys then act on all that are selected'],
  ['Shift+j  Shift+k', 'select on to the next, previous row (also with the arrow keys)'],
  ['j  k', 'next, previous row (also the arrow keys)'],
  [']  [', 'next, previous problem'],
  ['i', 'open or close the details of a pattern (also Shift+Enter)'],
  ['o', 'show the rows of the pattern'],
  ['m', 'make a rule of the pattern'],
  ['a', 'Ask me: what is most worth knowing'],
  ['/', 'search'],
  ['Esc', 'select nothing; then close the details'],
  ['?', 'this help'],
];

export const TIMELINE_HELP: readonly (readonly [string, string])[] = [
  ['←  →', 'one place on; with Shift select a range'],
  ['Enter', 'select this place'],
  ['z', 'zoom in on the selected range'],
  ['Shift+z', 'zoom out to the whole time'],
  ['Esc', 'select nothing; then zoom out'],
];

export type TableVerb = 'label' | 'confirm' | 'down' | 'up' | 'extend-down' | 'extend-up' | 'mark' | 'next-problem' | 'previous-problem'
  | 'details' | 'rows' | 'rule' | 'ask' | 'search' | 'help' | 'menu' | 'close';

export interface TableAct {
  readonly verb: TableVerb;
  /** The category, for `label`. */
  readonly label: string;
}

const LETTERS: ReadonlyMap<string, TableVerb> = new Map([
  ['j', 'down'], ['k', 'up'], ['x', 'mark'], [']', 'next-problem'], ['[', 'previous-problem'], ['i', 'details'],
  ['o', 'rows'], ['m', 'rule'], ['a', 'ask'], ['/', 'search'], ['?', 'help'],
]);
/** With Shift. */
const SHIFTED: ReadonlyMap<string, TableVerb> = new Map([['J', 'extend-down'], ['K', 'extend-up'], ['ArrowDown', 'extend-down'], ['ArrowUp', 'extend-up'], ['Enter', 'details'], ['F10', 'menu']]);
const NAMED: ReadonlyMap<string, TableVerb> = new Map([['Enter', 'confirm'], ['Escape', 'close'], ['ContextMenu', 'menu']]);
/** A key that is held down must not label one row after the other. */
const ONCE: readonly TableVerb[] = ['label', 'confirm', 'mark', 'rule', 'ask', 'menu'];

/** What a key press on a table asks for; null if it is none of theirs. */
export function tableAct(event: KeyboardEvent): TableAct | null {
  // AltGr, by which some keyboards type [ and ], is Ctrl+Alt on some systems.
  const typed = event.getModifierState('AltGraph');
  if (event.metaKey || ((event.ctrlKey || event.altKey) && !typed) || event.target !== event.currentTarget) return null;
  const act = meaning(event);
  return act !== null && event.repeat && ONCE.includes(act.verb) ? null : act;
}

function meaning(event: KeyboardEvent): TableAct | null {
  const { key, shiftKey } = event;
  const plain = (verb: TableVerb | undefined): TableAct | null => (verb === undefined ? null : { verb, label: '' });
  if (!keys.on && key === 'Enter') return plain('details');
  const named = shiftKey ? SHIFTED.get(key) : NAMED.get(key);
  if (named !== undefined) return !keys.on && key.length === 1 ? null : plain(named);
  if (!keys.on || key.length !== 1) return null;
  // Caps Lock writes capitals without Shift.
  const letter = shiftKey ? key : key.toLowerCase();
  const label = categoryOfKey(letter);
  return label === null ? plain(LETTERS.get(letter)) : { verb: 'label', label };
}

/** Whether keys typed here are text, and Ctrl+Z takes back typing. */
export function writesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox], [type=radio], [type=range], [type=file], [type=button]), textarea, [contenteditable]:not([contenteditable=false])') !== null;
}
