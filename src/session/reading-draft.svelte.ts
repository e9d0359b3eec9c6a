import type { CustomFormat, Dialect, Encoding, Format } from '../contract/dialect.ts';
import type { Candidate, SniffAsk, Sniffed } from '../contract/reader-api.ts';
import { withCsvColumns } from '../engine/read/csv-columns.ts';
import { FORMATS, openReader } from '../engine/read/formats.ts';
import { LineReader } from '../engine/read/lines.ts';
import { formChanged, hasColumns, readAlike, withChoice } from './columns.ts';
import { previewEntries, previewRows } from './preview.ts';
import { askOf } from './read-choice.ts';
import type { Input, ReadChoice } from './read-choice.ts';

export const OWN_FORMAT: Format = 'custom';
/** Of a format that is still to be described: all of a line is its message. */
const NOT_DESCRIBED: CustomFormat = { name: '', lead: '', parts: [{ role: 'message', until: '' }] };

/** How one of the open files would be read, while a person tries it out: nothing is read before they say so. */
export class ReadingDraft {
  at = $state(0);
  dialect = $state.raw<Dialect>() as Dialect;
  candidates = $state.raw<readonly Candidate[]>([]);
  head = $state.raw('');
  everywhere = $state(true);
  /** The file is being looked at again. */
  busy = $state(false);
  /** Why it cannot be read so. */
  refused = $state('');
  readonly entries = $derived.by(() => this.tried(() => previewEntries(this.head, this.dialect)));
  readonly rows = $derived.by(() => this.tried(() => (hasColumns(this.dialect) ? previewRows(this.head, this.dialect) : [])));
  /** What makes an entry is for the person to say. */
  readonly grouped = $derived.by(() => openReader(this.dialect) instanceof LineReader);
  readonly changed = $derived.by(() => this.differs());
  private readonly inputs: readonly Input[];
  private readonly sniff: (file: File, ask: SniffAsk) => Promise<Sniffed>;
  private turn = 0;
  /** As it was found out, before the person changed anything. */
  private base!: Dialect;

  constructor(inputs: readonly Input[], at: number, sniff: (file: File, ask: SniffAsk) => Promise<Sniffed>) {
    this.inputs = inputs;
    this.sniff = sniff;
    this.choose(at);
  }

  /** All other formats that there are, by name, beside the candidates. */
  get others(): readonly { readonly format: Format; readonly name: string }[] {
    const named = new Set(this.candidates.map(({ format }) => format));
    return Object.entries(FORMATS).flatMap(([format, { name }]) => (named.has(format) || format === OWN_FORMAT ? [] : [{ format, name }])).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /** Shows another file. */
  choose(at: number): void {
    this.turn++;
    this.at = at;
    this.busy = false;
    this.refused = '';
    ({ dialect: this.dialect, candidates: this.candidates, head: this.head } = this.inputs[at]);
    this.base = this.dialect;
  }

  setFormat(format: Format): Promise<void> {
    const custom = format === OWN_FORMAT ? (this.dialect.custom ?? NOT_DESCRIBED) : null;
    return this.again(askOf({ ...this.dialect, format, custom }, this.dialect.member));
  }

  setEncoding(encoding: Encoding): Promise<void> {
    const { format, ...ask } = askOf({ ...this.dialect, encoding }, this.dialect.member);
    // A format that was guessed from bytes taken for other characters is guessed anew.
    return this.again(this.dialect.format === this.candidates[0]?.format ? ask : { ...ask, format });
  }

  /** A person's own format; null: it does not work out yet. */
  setCustom(custom: CustomFormat | null): void {
    this.dialect = { ...this.dialect, custom: custom ?? NOT_DESCRIBED };
  }

  /** The own format says something. */
  get described(): boolean {
    return this.dialect.format !== OWN_FORMAT || (this.dialect.custom !== null && this.dialect.custom.parts.some(({ role }) => role !== 'message' && role !== null));
  }

  setCsv(form: { readonly header?: boolean; readonly delimiter?: string }): void {
    this.dialect = withCsvColumns(new TextEncoder().encode(this.head), { ...this.dialect, ...form });
  }

  set(settings: Partial<Dialect>): void {
    this.dialect = { ...this.dialect, ...settings };
  }

  get choice(): ReadChoice {
    const { at, dialect, base, candidates, head, everywhere } = this;
    return { at, dialect, base, candidates, head, everywhere };
  }

  /** Looks at the file again; the latest wish wins. */
  private async again(ask: SniffAsk): Promise<void> {
    const turn = ++this.turn;
    const { file } = this.inputs[this.at];
    this.busy = true;
    this.refused = '';
    try {
      const sniffed = await this.sniff(file, ask);
      if (turn !== this.turn) return;
      // What was set about times and grouping meanwhile stays.
      const dialect = withChoice(sniffed.dialect, this.base, this.dialect, 'general');
      this.base = sniffed.dialect;
      this.dialect = dialect.format === 'csv' && dialect.columns.length === 0 ? withCsvColumns(new TextEncoder().encode(sniffed.head), { ...dialect, header: true }) : dialect;
      this.candidates = sniffed.candidates;
      this.head = sniffed.head;
    } catch (error) {
      if (turn === this.turn) this.refused = error instanceof Error ? error.message : String(error);
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }

  private differs(): boolean {
    const before = this.inputs[this.at].dialect;
    const { dialect } = this;
    return formChanged(before, dialect) || !readAlike(before, dialect) || JSON.stringify(withChoice(before, before, dialect, 'all')) !== JSON.stringify({ ...before, sure: 1 });
  }

  private tried<T>(read: () => T[]): T[] {
    try {
      return read();
    } catch {
      return [];
    }
  }
}
