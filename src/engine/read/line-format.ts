import type { Dialect } from '../../contract/dialect.ts';
import type { FormatModule, Sample } from './format-module.ts';
import { linesDialect } from './formats/lines.ts';
import type { HeaderKind } from './header.ts';
import { LineReader } from './lines.ts';

/** Of the lines that have a time, so many must be of the format for it to come before "Lines"; a level alone may be a stray "Error: …". */
const NEARLY_ALL = 0.9;
/** And so many of those that have a time or a level. */
const MOST = 0.5;
/** Fewer of all lines than this, and they are strays. */
const FEW = 0.02;

/** What tells the lines of a format from others. Expressions are tried on each line of the sample: linear ones only, from the line's start. */
export interface LineForm {
  /** What people call it. */
  readonly name: string;
  /** Kinds of header that its lines can have; any if left out. */
  readonly kinds?: readonly HeaderKind[];
  /** What its lines begin with. */
  readonly line?: RegExp;
  /** At least one line has this, else it is another format of the same looks. */
  readonly needs?: RegExp;
  /** A line with this makes it likelier than another format of the same looks. */
  readonly likes?: RegExp;
  /** What it needs of a dialect beyond what "Lines" has. */
  readonly dialect?: Partial<Dialect>;
  /** Where its lines are not read as "Lines" reads them. */
  readonly open?: FormatModule['open'];
}

/**
 * A format whose lines the general reader of headers understands: same entries and messages as "Lines", under a name of its
 * own, with a score. Always a candidate, so that a person can choose it.
 */
export function lineFormat(form: LineForm): FormatModule {
  return {
    name: form.name,
    recognise: (sample) => ({ score: scoreOf(sample, form), dialect: { ...linesDialect(sample), ...form.dialect } }),
    // A person may have chosen it where the sample has no headers.
    open: form.open ?? ((dialect, resume) => new LineReader(dialect.shape === '' ? { ...dialect, shape: 'time' } : dialect, resume)),
  };
}

function scoreOf({ shape }: Sample, { kinds, line, needs, likes }: LineForm): number {
  let own = 0;
  let timed = 0;
  let headed = 0;
  for (const { text, kind } of shape.lines) {
    const fits = (kinds === undefined || kinds.includes(kind)) && (line === undefined || line.test(text));
    if (fits) own++;
    if (fits || kind !== '') headed++;
    if (fits || (kind !== '' && kind !== 'level')) timed++;
  }
  if (own === 0 || own < FEW * shape.lines.length) return 0;
  const has = (expression: RegExp): boolean => shape.lines.some(({ text }) => expression.test(text));
  if (needs !== undefined && !has(needs)) return 0;
  const share = own / timed;
  return share < NEARLY_ALL || own < MOST * headed ? 0.4 * share : 0.6 + 0.1 * share + (likes !== undefined && has(likes) ? 0.1 : 0);
}
