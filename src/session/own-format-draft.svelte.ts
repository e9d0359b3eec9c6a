import type { CustomFormat } from '../contract/dialect.ts';
import { customByExample } from '../engine/read/custom-by-example.ts';
import type { Mark } from '../engine/read/custom-by-example.ts';
import { customFit } from '../engine/read/custom-fit.ts';
import { sampleLines } from './preview.ts';
import type { ReadingDraft } from './reading-draft.svelte.ts';

/** So many lines of the file are tried. */
const TRIED_LINES = 200;

/** A format of a person's own in the making: marks in one of the file's first lines, and how many lines fit what follows from them. */
export class OwnFormatDraft {
  /** The line that is marked. */
  at = $state(0);
  name = $state('My format');
  /** Why the marks give no format; '' where they do, or there are none. */
  refused = $state('');
  readonly lines = $derived.by(() => sampleLines(this.draft.head, TRIED_LINES));
  readonly marks = $derived.by(() => this.marked[this.at] ?? []);
  /** null before there is anything to try. */
  readonly fit = $derived.by(() => {
    const { custom } = this.draft.dialect;
    return custom === null || !this.draft.described || this.refused !== '' ? null : customFit(custom, this.lines);
  });
  private marked = $state.raw<Readonly<Record<number, readonly Mark[]>>>({});
  private readonly draft: ReadingDraft;

  constructor(draft: ReadingDraft) {
    this.draft = draft;
    const { custom } = draft.dialect;
    if (custom !== null && custom.name !== '') this.name = custom.name;
  }

  /** Marks another line; marks of the one before are kept, should the person come back. */
  choose(at: number): void {
    this.at = at;
    if (this.marks.length > 0) this.mark(this.marks);
  }

  mark(marks: readonly Mark[]): void {
    this.marked = { ...this.marked, [this.at]: marks };
    const { format, refused } = customByExample(this.name.trim() || 'My format', this.lines[this.at], marks);
    this.refused = marks.length === 0 ? '' : (refused ?? '');
    this.draft.setCustom(format);
  }

  rename(name: string): void {
    this.name = name;
    const { custom } = this.draft.dialect;
    if (custom !== null && this.draft.described && name.trim() !== '') this.draft.setCustom({ ...custom, name: name.trim() });
  }

  /** Takes a saved format. */
  use(format: CustomFormat): void {
    this.marked = {};
    this.refused = '';
    this.name = format.name;
    this.draft.setCustom(format);
  }
}
