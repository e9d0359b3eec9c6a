import type { Data } from '../../summary/data.ts';
import type { Manifest } from '../manifest.ts';

/** How the page writes things, so that the report writes them alike. */
export interface ReportWords {
  /** Text of a log with all that cannot be seen made visible. */
  visible(text: string): string;
  count(n: number): string;
  share(part: number, whole: number): string;
  bytes(n: number): string;
  span(first: number, last: number): string;
  timeWriter(first: number, last: number, width?: number): (time: number) => string;
  /** A category's colours, and the letter that stands for it. */
  colourOf(label: string): { readonly light: string; readonly dark: string };
  letterOf(label: string): string;
}

/** A pattern that is new, or more frequent, than what the log is compared with. */
export interface ComparedPattern {
  readonly pattern: number;
  /** "new", "× 12" */
  readonly change: string;
}

/** Everything that a report tells. */
export interface ReportFacts {
  readonly data: Data;
  readonly manifest: Manifest;
  /** Why, by pattern: asked for those that are listed only. */
  readonly reason: (pattern: number) => string;
  /** Show an example of each listed pattern as it stands in the log. */
  readonly examples: boolean;
  /** Text of the log without what is to be hidden. */
  readonly hide: (text: string) => string;
  readonly compared: { readonly name: string; readonly patterns: readonly ComparedPattern[] } | null;
}
