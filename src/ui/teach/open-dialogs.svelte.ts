/** Which of the teaching dialogs is open: one at most. */
class OpenDialogs {
  ask = $state(false);
  spot = $state(false);
  rules = $state(false);
  /** The pattern that a rule is to be made of. */
  ruleOf = $state<number | null>(null);
  /** The pattern that is to be split. */
  splitOf = $state<number | null>(null);

  /** "Make a rule of this" */
  makeRule(pattern: number): void {
    this.ruleOf = pattern;
    this.rules = true;
  }

  /** "Split by this value" */
  split(pattern: number): void {
    this.splitOf = pattern;
  }

  /** Other files come: what was asked was about the ones before. */
  close(): void {
    this.ask = this.spot = this.rules = false;
    this.ruleOf = this.splitOf = null;
  }
}

export const openDialogs = new OpenDialogs();
