import type { CustomFormat } from '../contract/dialect.ts';
import { FORMATS_CHARS, MOST_FORMATS, readCustomFormats, writeCustomFormats } from '../engine/read/custom-file.ts';
import { Failure } from '../contract/failure.ts';

/** Formats that a person described by example: kept while the page is open, and in a file where they save them. */
export class OwnFormats {
  list = $state.raw<readonly CustomFormat[]>([]);

  /** Keeps a format, in place of one of the same name. */
  keep(format: CustomFormat): void {
    this.list = [format, ...this.list.filter(({ name }) => name !== format.name)].slice(0, MOST_FORMATS);
  }

  /** The text of a file with all of them. */
  export(): string {
    return writeCustomFormats(this.list);
  }

  /** Takes the formats of a saved file; returns them. @throws Failure 'format-refused', and then nothing changes */
  async take(file: File): Promise<readonly CustomFormat[]> {
    // A character is four bytes at most.
    if (file.size > 4 * FORMATS_CHARS) throw new Failure('format-refused', 'The file of formats was refused, and nothing was changed: it is larger than a file of formats can be.');
    const taken = readCustomFormats(await file.text());
    for (const format of taken.toReversed()) this.keep(format);
    return taken;
  }
}
