/** Keys that act while a table has focus; can be switched off for people whose tools need the letters. */
class Keys {
  on = $state(true);
}
export const keys = new Keys();

/** What the help lists: only keys that work. */
export const KEY_HELP: readonly (readonly [string, string])[] = [
  ['j  k', 'next, previous row (also the arrow keys)'],
  [']  [', 'next, previous problem'],
  ['Enter', 'open or close the details of a pattern'],
  ['o', 'show the rows of the pattern'],
  ['/', 'search'],
  ['Esc', 'close the details'],
  ['?', 'this help'],
];

/** The letter of a key press that the tables act on, or '' if it is none of theirs. */
export function tableKey(event: KeyboardEvent): string {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return '';
  if (event.key === 'Enter' || event.key === 'Escape') return event.key;
  return keys.on && ['j', 'k', ']', '[', 'o', '/', '?'].includes(event.key) ? event.key : '';
}
