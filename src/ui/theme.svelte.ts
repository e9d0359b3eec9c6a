import { THEMES } from '../contract/settings.ts';
import type { ThemeChoice } from '../contract/settings.ts';
import { readSetting, writeSetting } from '../session/settings.ts';

/** Light, dark or as the system says; the choice is remembered. */
class Theme {
  choice = $state<ThemeChoice>('auto');
  #systemDark = $state(false);
  readonly dark = $derived(this.choice === 'dark' || (this.choice === 'auto' && this.#systemDark));

  constructor() {
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = query.matches;
    query.addEventListener('change', () => { this.#systemDark = query.matches; });
    this.#show(readSetting('theme'));
  }

  next(): void {
    this.choose(THEMES[(THEMES.indexOf(this.choice) + 1) % THEMES.length]);
  }

  choose(choice: ThemeChoice): void {
    this.#show(choice);
    writeSetting('theme', choice);
  }

  #show(choice: ThemeChoice): void {
    this.choice = choice;
    if (choice === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = choice;
  }
}

export const theme = new Theme();
