import type { CustomFormat } from '../../contract/dialect.ts';
import { ROLE_WORDS } from './custom-by-example.ts';
import { CustomLine, FITS, LEAD_FAILED } from './custom-line.ts';
import { newEntry } from './entry.ts';
import { Stamps } from './stamps.ts';

/** How a format does on some lines. */
export interface CustomFit {
  /** Parallel to the lines. */
  readonly fits: readonly boolean[];
  readonly fitting: number;
  /** What most of the other lines do or lack, after "they"; '' where all fit. */
  readonly why: string;
}

/** Tries a format on lines, which hold no line ends. */
export function customFit(format: CustomFormat, lines: readonly string[]): CustomFit {
  const reader = new CustomLine(format, new Stamps(2000, false));
  const encoder = new TextEncoder();
  const failures = new Map<string, number>();
  const fits = lines.map((line) => {
    const entry = newEntry();
    entry.bytes = encoder.encode(line);
    entry.end = entry.bytes.length;
    const failed = reader.fit(entry);
    if (failed !== FITS) {
      const reason = why(format, failed, reader.noTime);
      failures.set(reason, (failures.get(reason) ?? 0) + 1);
    }
    return failed === FITS;
  });
  const [worst] = [...failures].toSorted((a, b) => b[1] - a[1]);
  return { fits, fitting: fits.filter(Boolean).length, why: worst?.[0] ?? '' };
}

function why(format: CustomFormat, failed: number, noTime: boolean): string {
  if (failed === LEAD_FAILED) return `do not begin with ${shown(format.lead)}`;
  const { role, until } = format.parts[failed];
  const before = failed === 0 ? shown(format.lead) : shown(format.parts[failed - 1].until);
  if (noTime) return before === '' ? 'do not begin with a time' : `have no time behind ${before}`;
  return until === '' ? 'end too soon' : `have no ${shown(until).replace(/^an? /, '')} behind ${role === null ? 'a word that is skipped' : ROLE_WORDS[role]}`;
}

/** A literal as one can say it. */
function shown(literal: string): string {
  if (literal === '') return '';
  if (literal === '\t') return 'a tab';
  return literal.trim() === '' ? 'a space' : `“${literal.trim()}”`;
}
