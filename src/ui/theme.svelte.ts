const KEY = 'winnow-theme';
const CHOICES = ['auto', 'light', 'dark'] as const;
export type ThemeChoice = (typeof CHOICES)[number];

/** Light, dark or as the system says; the choice is the only thing the page keeps between visits. */
class Theme {
  choice = $state<ThemeChoice>('auto');
  #systemDark = $state(false);
  readonly dark = $derived(this.choice === 'dark' || (this.choice === 'auto' && this.#systemDark));

  constructor() {
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = query.matches;
    query.addEventListener('change', () => { this.#systemDark = query.matches; });
    const stored = read();
    if (stored !== null) this.choose(stored);
  }

  next(): void {
    this.choose(CHOICES[(CHOICES.indexOf(this.choice) + 1) % CHOICES.length]);
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    if (choice === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = choice;
    try {
      localStorage.setItem(KEY, choice);
    } catch { /* Storage may be forbidden: the choice then lasts for this visit. */ }
  }
}

function read(): ThemeChoice | null {
  try {
    const value = localStorage.getItem(KEY);
    return CHOICES.find((choice) => choice === value) ?? null;
  } catch {
    return null;
  }
}

export const theme = new Theme();
