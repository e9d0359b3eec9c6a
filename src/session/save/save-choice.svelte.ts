import type { ExtraColumn, Redaction, RedactionKind } from '../../contract/export.ts';

/** What a person has chosen in the dialog for saving; kept while the page is open. */
export class SaveChoice {
  what = $state<'all' | 'shown'>('all');
  format = $state<'csv' | 'jsonl'>('csv');
  extra = $state.raw<readonly ExtraColumn[]>([]);
  kinds = $state.raw<readonly RedactionKind[]>([]);
  /** Own expressions, one a line. */
  ownText = $state('');
  /** Report: raw examples of patterns. */
  examples = $state(false);
  readonly own = $derived(this.ownText.split('\n').map((line) => line.trim()).filter((line) => line !== ''));
  /** Stand-ins of everything saved in one visit are alike; nobody can check a guess against them later. */
  readonly #key = crypto.getRandomValues(new Uint8Array(16));
  readonly redaction = $derived<Redaction | null>(this.kinds.length + this.own.length === 0 ? null : { kinds: this.kinds, own: this.own, key: this.#key });

  toggleExtra(column: ExtraColumn): void {
    this.extra = this.extra.includes(column) ? this.extra.filter((one) => one !== column) : [...this.extra, column];
  }

  toggleKind(kind: RedactionKind): void {
    this.kinds = this.kinds.includes(kind) ? this.kinds.filter((one) => one !== kind) : [...this.kinds, kind];
  }
}
