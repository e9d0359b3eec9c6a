import type { Dialect } from '../contract/dialect.ts';
import type { Candidate, SniffAsk, Sniffed } from '../contract/reader-api.ts';
import { formChanged, readAlike, withChoice } from './columns.ts';

/** An open file and how it is read. */
export interface Input extends Sniffed {
  readonly file: File;
}

/** What a person decided about how files are read. */
export interface ReadChoice {
  /** Index of the file that they looked at, and how it is read from now on. */
  readonly at: number;
  readonly dialect: Dialect;
  /** How it would be read in that format and encoding had the person changed nothing else. */
  readonly base: Dialect;
  readonly candidates: readonly Candidate[];
  /** The first part of the file in the encoding chosen. */
  readonly head: string;
  /** Zone, year, order of dates and grouping hold for all files. */
  readonly everywhere: boolean;
}

/** What is asked for when a file is looked at again as the dialect says. */
export function askOf({ format, encoding, custom }: Dialect, member: string): SniffAsk {
  return { format, encoding, ...(member === '' ? {} : { member }), ...(custom === null ? {} : { custom }) };
}

/**
 * The files with what was chosen for one of them: it holds for all that are read alike. Those of another form now are
 * looked at again first; one that cannot be stays as it was, and why is among `refused`.
 */
export async function withReadChoice(inputs: readonly Input[], choice: ReadChoice, sniff: (file: File, ask: SniffAsk) => Promise<Sniffed>): Promise<{ inputs: Input[]; refused: unknown[] }> {
  const { at, dialect: chosen, base, everywhere } = choice;
  const before = inputs[at].dialect;
  const refused: unknown[] = [];
  const next = await Promise.all(inputs.map(async (input, index): Promise<Input> => {
    if (index === at) return { ...input, dialect: { ...chosen, sure: 1 }, candidates: choice.candidates, head: choice.head };
    const general = (dialect: Dialect): Dialect => (everywhere ? withChoice(dialect, base, chosen, 'general') : dialect);
    if (!readAlike(input.dialect, before)) return { ...input, dialect: general(input.dialect) };
    if (!formChanged(before, chosen)) return { ...input, dialect: general(withChoice(input.dialect, base, chosen, 'form')) };
    try {
      const sniffed = await sniff(input.file, askOf(chosen, input.dialect.member));
      return { ...sniffed, file: input.file, dialect: general(withChoice(sniffed.dialect, base, chosen, 'form')) };
    } catch (error) {
      refused.push(error);
      return input;
    }
  }));
  return { inputs: next, refused };
}

/** Open files that are looked at again to find how a person had one read: those that are read alike count once. */
const MOST_LOOKED_AT = 20;

/**
 * A further file, read as a person chose for an open one which would be read alike had they chosen nothing. One that cannot be
 * read so stays as it is.
 */
export async function readLike(input: Input, open: readonly Input[], sniff: (file: File, ask: SniffAsk) => Promise<Sniffed>): Promise<Input> {
  const kinds = open.filter(({ dialect }, at) => open.findIndex((other) => readAlike(other.dialect, dialect)) === at).slice(0, MOST_LOOKED_AT);
  if (kinds.some(({ dialect }) => readAlike(dialect, input.dialect))) return input;
  for (const { file, dialect: chosen } of kinds) {
    const { member } = chosen;
    try {
      const unasked = await sniff(file, member === '' ? {} : { member });
      if (!readAlike(unasked.dialect, input.dialect)) continue;
      const [base, sniffed] = await Promise.all([sniff(file, askOf(chosen, member)), sniff(input.file, askOf(chosen, input.dialect.member))]);
      return { ...sniffed, file: input.file, dialect: withChoice(sniffed.dialect, base.dialect, chosen, 'all') };
    } catch {
      // One of them cannot be read any more, or not so: that says itself where it matters.
    }
  }
  return input;
}

/** "app.log", or "export.zip › app.log" */
export function inputName(file: { readonly name: string }, member: string): string {
  return member === '' ? file.name : `${file.name} › ${member}`;
}
