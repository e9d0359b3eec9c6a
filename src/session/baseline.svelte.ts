import type { Lane } from '../bridge/lane.ts';
import type { Dialect } from '../contract/dialect.ts';
import { Failure } from '../contract/failure.ts';
import type { ReaderApi } from '../contract/reader-api.ts';
import type { Alerts } from './alerts.svelte.ts';
import { readAlike, unclearFile } from './columns.ts';
import type { Inputs, TakenOut } from './inputs.svelte.ts';
import { inputName, readLike } from './read-choice.ts';
import type { Input } from './read-choice.ts';
import { sniffFiles } from './read-run.ts';
import type { ReadInput } from './read-run.ts';
import type { Reread } from './teaching/teaching.svelte.ts';

export interface BaselineParts {
  readonly reader: Lane<ReaderApi>;
  readonly inputs: Inputs;
  readonly log: Alerts;
  /** Reads the same files again, with what was taught; what was read before stays in use meanwhile. */
  readonly again: () => Promise<Reread>;
  /** Reads the files that are open after a change from the start, with what was taught. */
  readonly afresh: (change: () => void) => Promise<void>;
}

interface Chosen {
  readonly inputs: readonly Input[];
  /** One of the open files, and where it stood among them; null where it was chosen for this alone. */
  readonly taken: TakenOut | null;
}

const NONE: Chosen = { inputs: [], taken: null };

/** What the open files are compared with: files that are read along, and are in no view, total or export. Kept for no other visit. */
export class BaselineFiles {
  #chosen = $state.raw<Chosen>(NONE);
  /** What the rows on screen were read with. */
  #read: Chosen = NONE;
  readonly #parts: BaselineParts;

  constructor(parts: BaselineParts) {
    this.#parts = parts;
  }

  /** What people are told it is; '' where there is none. */
  get name(): string {
    const { names } = this;
    return names.length <= 1 ? (names[0] ?? '') : `${names.length} files`;
  }

  /** Of each file; in lists of problems they come after those of the open ones. */
  get names(): readonly string[] {
    return this.inputs.map(({ file, dialect }) => inputName(file, dialect.member));
  }

  /** The files and how each is read. */
  get inputs(): readonly Input[] {
    return this.#chosen.inputs;
  }

  /** The files as they are read. @param open how those that are open are read */
  files(open: readonly Dialect[]): Pick<ReadInput, 'files' | 'dialects'> {
    return { files: this.inputs.map(({ file }) => file), dialects: this.inputs.map(({ dialect }) => likeOpen(dialect, open)) };
  }

  /** All that is to be read: what is open, then what it is compared with. */
  with(open: Pick<ReadInput, 'files' | 'dialects'>): Pick<ReadInput, 'files' | 'dialects' | 'baseline'> {
    const { files, dialects } = this.files(open.dialects);
    if (files.length === 0) return open;
    return { files: [...open.files, ...files], dialects: [...open.dialects, ...dialects], baseline: [...open.files.map(() => false), ...files.map(() => true)] };
  }

  /**
   * Compares what is open with other files. Those that would be read alike with an open one are read by what a
   * person chose for it, in its format and encoding. What goes wrong becomes an alert, and then nothing changes.
   */
  async choose(files: readonly File[]): Promise<void> {
    const { reader, inputs, log } = this.#parts;
    const before = this.#chosen;
    const open = inputs.dialects;
    try {
      const { readable, refused } = await sniffFiles(reader, files);
      // Other files were opened meanwhile.
      if (open !== inputs.dialects || before !== this.#chosen) return;
      if (refused.length > 0) throw refused[0];
      const chosen = await Promise.all(readable.map((input) => readLike(input, inputs.list, (file, ask) => reader.call((api) => api.sniff(file, ask)))));
      if (open !== inputs.dialects || before !== this.#chosen) return;
      const unclear = chosen[unclearFile(chosen.map(({ dialect }) => likeOpen(dialect, open)))];
      if (unclear !== undefined) throw new Failure('no-message-column', `“${inputName(unclear.file, unclear.dialect.member)}”: no column is clearly the message, so nothing can be compared with it. Open it together with the log, choose its column there, then compare.`);
      await this.#become({ inputs: chosen, taken: null });
    } catch (error) {
      log.add(error);
    }
  }

  /** Compares the other open files with one of them. @param at its index among those that are open now */
  async setAside(at: number): Promise<void> {
    const { inputs } = this.#parts;
    if (inputs.files.length < 2 || inputs.files[at] === undefined) return;
    await this.#parts.afresh(() => {
      const before = this.#chosen.taken;
      this.#putBack();
      const taken = inputs.takeOut(before !== null && at >= before.at ? at + 1 : at);
      this.#chosen = this.#read = { inputs: [taken], taken };
    });
  }

  /** No more comparing; a file that was open before is again. */
  async stop(): Promise<void> {
    if (this.#chosen === NONE) return;
    await this.#become(NONE);
  }

  /** The same files, read as was chosen for one that is open. */
  take(inputs: readonly Input[]): void {
    const { taken } = this.#chosen;
    if (inputs.length > 0) this.#chosen = this.#read = { inputs, taken: taken === null ? null : { ...taken, ...inputs[0] } };
  }

  /** Other files are opened. */
  forget(): void {
    this.#chosen = this.#read = NONE;
  }

  async #become(next: Chosen): Promise<void> {
    if (this.#chosen.taken !== null) {
      await this.#parts.afresh(() => {
        this.#putBack();
        this.#chosen = this.#read = next;
      });
      return;
    }
    this.#chosen = next;
    // Where the person cancels it, or a file cannot be read, what was read before stays.
    const ended = await this.#parts.again();
    if (this.#chosen !== next) return;
    if (ended === 'done') this.#read = next;
    if (ended === 'given-up') this.#chosen = this.#read;
  }

  #putBack(): void {
    const { taken } = this.#chosen;
    if (taken !== null) this.#parts.inputs.putBack(taken);
    this.#chosen = NONE;
  }
}

/** A file that is read alike with an open one is read by what a person chose for that; years it has of its own. */
function likeOpen(dialect: Dialect, open: readonly Dialect[]): Dialect {
  const known = open.find((one) => readAlike(one, dialect));
  if (known === undefined) return dialect;
  const { roles, sure, grouping, zone, dayFirst } = known;
  return { ...dialect, roles, sure, grouping, zone, dayFirst };
}
