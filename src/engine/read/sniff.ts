import { NO_ROLES } from '../../contract/dialect.ts';
import type { Dialect } from '../../contract/dialect.ts';
import type { Candidate, SniffAsk } from '../../contract/reader-api.ts';
import { CR, LF } from './ascii.ts';
import { FORMATS, formatOf } from './formats.ts';
import type { Sample } from './format-module.ts';
import { shapeOf } from './line-shape.ts';
import type { LineShape } from './line-shape.ts';
import { bomLength, refuseUnreadable } from './sniff-binary.ts';

/** As many bytes of a file's start are wanted for sniffing. */
export const SNIFF_BYTES = 256 * 1024;

export interface SniffedFormat {
  readonly dialect: Dialect;
  readonly candidates: readonly Candidate[];
}

/**
 * Says how a file is to be read.
 * @param head its first SNIFF_BYTES bytes, or all of it: UTF-8
 * @param whole `head` is all of it
 * @param name for its ending, and for what is said in a Failure (`file-empty`, `file-binary`)
 * @param assumedYear of times that name none
 */
export function sniff(head: Uint8Array, whole: boolean, name: string, assumedYear = new Date().getUTCFullYear()): Dialect {
  return sniffFormat(head, whole, name, assumedYear, {}).dialect;
}

/** As `sniff`, with what else the file could be; a format that the person chose is taken whatever its score. */
export function sniffFormat(head: Uint8Array, whole: boolean, name: string, assumedYear: number, ask: SniffAsk): SniffedFormat {
  refuseUnreadable(head, whole, name);
  const bom = bomLength(head);
  const loneCr = !head.includes(LF) && head.includes(CR);
  const bytes = wholeLines(head.subarray(bom), whole, loneCr);
  const base: Dialect = {
    format: 'lines', packing: 'none', member: '', encoding: 'utf-8', bom, delimiter: ',', header: false, columns: [], roles: NO_ROLES, sure: 1, shape: '',
    grouping: 'line', custom: ask.custom ?? null, zone: 'UTC', assumedYear, zoneless: false, yearless: false, dayFirst: false, loneCr,
  };
  const sample = sampleOf(bytes, name, base);
  const found = Object.entries(FORMATS).flatMap(([format, module]) => {
    const recognised = module.recognise(sample);
    return recognised === null ? [] : [{ format, name: module.name, score: recognised.score, dialect: { ...recognised.dialect, format } }];
  });
  found.sort((a, b) => b.score - a.score);
  const chosen = found.find(({ format }) => format === ask.format) ?? found[0];
  const dialect = ask.format === undefined || chosen.format === ask.format ? chosen.dialect : { ...base, format: ask.format };
  const candidates = found.map(({ format, name: called, score }) => ({ format, name: called, score }));
  if (ask.format !== undefined && chosen.format !== ask.format) candidates.push({ format: ask.format, name: formatOf(ask.format).name, score: 0 });
  return { dialect, candidates };
}

function sampleOf(bytes: Uint8Array, name: string, base: Dialect): Sample {
  let shape: LineShape | undefined;
  return { bytes, text: new TextDecoder().decode(bytes), name, base, get shape() { return (shape ??= shapeOf(bytes, base)); } };
}

/** The sample without a last line that it may have cut. */
function wholeLines(sample: Uint8Array, whole: boolean, loneCr: boolean): Uint8Array {
  if (whole) return sample;
  const end = sample.lastIndexOf(loneCr ? CR : LF);
  return end < 0 ? sample : sample.subarray(0, end + 1);
}
