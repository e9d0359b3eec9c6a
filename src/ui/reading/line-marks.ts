import type { Role } from '../../contract/dialect.ts';
import type { Mark } from '../../engine/read/custom-by-example.ts';
import type { Token } from '../../session/line-tokens.ts';

/** What can be marked in a line, and by which key. */
export const MARKED: readonly { readonly role: Role; readonly name: string; readonly key: string }[] = [
  { role: 'time', name: 'Time', key: 't' }, { role: 'level', name: 'Level', key: 'l' }, { role: 'source', name: 'Source', key: 's' }, { role: 'message', name: 'Message', key: 'm' },
];

/** A run of tokens that are marked alike, or not at all. */
export interface Segment {
  readonly role: Role | 'none';
  /** '' where it is not marked. */
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** The marks with one more: it takes the place of those that it touches, and of an earlier one of its role. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  return [...withoutMark(marks, mark.from, mark.to).filter(({ role }) => role !== mark.role), mark];
}

/** The marks without those that reach into [from, to). */
export function withoutMark(marks: readonly Mark[], from: number, to: number): readonly Mark[] {
  return marks.filter((other) => other.to <= from || other.from >= to);
}

/** All tokens in order, by what they are marked as. */
export function segmentsOf(tokens: readonly Token[], marks: readonly Mark[]): readonly Segment[] {
  const segments: Segment[] = [];
  tokens.forEach((token, at) => {
    const role = marks.find((mark) => token.from >= mark.from && token.from < mark.to)?.role ?? 'none';
    const before = segments.at(-1);
    if (before?.role === role) segments[segments.length - 1] = { ...before, last: at };
    else segments.push({ role, name: MARKED.find((one) => one.role === role)?.name ?? '', first: at, last: at });
  });
  return segments;
}
