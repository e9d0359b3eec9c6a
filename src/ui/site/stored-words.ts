import type { Stored } from '../../contract/site.ts';

interface Words {
  readonly name: string;
  /** What it is. */
  readonly note: string;
  /** What deleting it means. */
  readonly ask: string;
}

/** What this site may store, in the order in which it is listed. */
export const STORED_WORDS: Readonly<Record<Stored['what'], Words>> = {
  program: { name: 'Program', note: 'the page itself', ask: 'Delete the program? This tab goes on working. The next visit needs the network.' },
  models: { name: 'Models', note: 'what sorts patterns into categories', ask: 'Delete the models? The next first file loads them from this site again.' },
  'language-models': { name: 'Language models', note: 'those that you fetched or kept a copy of; nothing of your logs', ask: 'Delete all language models? To use one again it must be fetched again, or opened from a file.' },
  taught: {
    name: 'What you taught', note: 'your categories and rules, and patterns with values left out; only if you switch it on',
    ask: 'Delete what you taught? In this tab it stays until you close it; afterwards it is gone, unless you saved a bundle.',
  },
  settings: { name: 'Settings', note: 'colours, columns and the like', ask: 'Delete the settings? The next visit starts with those that Winnow comes with.' },
  shared: { name: 'Shared files', note: 'what another app handed over, until the page opens it', ask: 'Delete the shared files? Winnow will not open them; the originals stay where they are.' },
};

export const STORED_KINDS = Object.keys(STORED_WORDS) as readonly Stored['what'][];

export const EVERYTHING = 'Delete everything? That is the program, the models, language models, what you taught, the settings and shared files. This tab goes on working; the next visit needs the network.';

/** Whether what is stored will stay. */
export function persistWords(persistent: boolean | null): string {
  if (persistent === true) return 'The browser has promised to keep it until you delete it.';
  if (persistent === false) return 'The browser has not promised to keep it: it may delete it when this computer runs short of room.';
  return 'The browser does not say how long it keeps it.';
}
