import type { Dialect } from '../../contract/dialect.ts';
import type { RecordReader, Resume } from './entry.ts';
import type { LineShape } from './line-shape.ts';

/** The first part of a file as formats are recognised by. */
export interface Sample {
  /** UTF-8, behind the byte-order mark, without a last line that may have been cut. */
  readonly bytes: Uint8Array;
  /** `bytes`, decoded. */
  readonly text: string;
  /** The file's name, for its ending. */
  readonly name: string;
  /** What holds of every format: encoding, line ends, assumed year and so on. A format fills in its own. */
  readonly base: Dialect;
  /** What its lines begin with; found out when first asked for. */
  readonly shape: LineShape;
}

/** How well a sample fits a format, and how it is to be read as one. */
export interface Recognised {
  /** 0…1. The best wins; of equals the one that stands first in the registry. */
  readonly score: number;
  readonly dialect: Dialect;
}

/** One format: an entry of the registry in `formats.ts`. */
export interface FormatModule {
  /** What people call it. */
  readonly name: string;
  /** null where the sample cannot be read so at all. A person may choose any other, whatever its score. */
  recognise(sample: Sample): Recognised | null;
  /** What is added to such a file may belong to what stands before it: one that grows is read anew from its start. */
  readonly closed?: boolean;
  /** A reader for one file, from its first byte; or, with `resume`, from the start of a record within it. */
  open(dialect: Dialect, resume?: Resume): RecordReader;
}
