/** What is taught here, or what the bundle says. */
export type Side = 'mine' | 'theirs';

/** Something on which the two say different things. */
export interface Conflict {
  /** The same for the same question, whatever was chosen elsewhere. */
  readonly id: string;
  readonly kind: 'pattern' | 'rule' | 'part' | 'category' | 'models' | 'threshold';
  /** What it is about. */
  readonly what: string;
  /** In a few words. */
  readonly mine: string;
  readonly theirs: string;
}
