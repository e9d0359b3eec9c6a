/** A rule: entries whose message it matches get `label`. Ordered; the first that matches wins. */
export interface Rule {
  /** Stable, kebab-case, unique. */
  readonly id: string;
  /** RE2 syntax, matched case-insensitively anywhere in the message decoded as UTF-8 (bad bytes as U+FFFD). */
  readonly pattern: string;
  readonly label: string;
  /** What it recognises, in a few words, for the reason shown with a verdict. */
  readonly about: string;
}
