import { UNCLASSIFIED } from '../../contract/category.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../contract/pattern.ts';
import type { OwnCategory } from '../../contract/teach.ts';
import type { PatternText } from '../../contract/verdict.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import type { Decider } from '../../contract/verdict.ts';
import type { VerdictColumns } from '../../contract/view.ts';
import { NO_GUESS, UNSURE } from '../../contract/view.ts';
import { textName } from '../classify/text-name.ts';
import { LABELS_MAX } from '../decide/label-axis.ts';
import { isProblem, problemLabels } from '../decide/problem.ts';
import { RECORDED_DECIDERS } from './bundle.ts';
import type { RecordedDecider, RecordedVerdict } from './bundle.ts';
import { VERDICT_CHARS_MAX } from './limits.ts';

/** Verdicts that were recorded elsewhere, by what models are shown of a pattern (see `textName`). */
export type Replay = ReadonlyMap<string, RecordedVerdict>;

/** Patterns that are open, parallel to their verdicts. */
export interface OpenPatterns {
  readonly table: PatternTable;
  readonly texts: readonly PatternText[];
}

const PENDING = UNSURE.indexOf('pending');

export function replayOf({ verdicts }: { readonly verdicts: readonly RecordedVerdict[] }): Replay {
  return new Map(verdicts.map((verdict) => [textName(verdict), verdict]));
}

/**
 * Puts recorded verdicts in the place of what models said, or nobody: whatever back end runs here, labels and confidences are
 * those of the run that was recorded. What persons and rules decide stays. To be used only while `sameTaught` holds.
 * @returns new columns; codes keep their meaning
 */
export function applyReplay(columns: VerdictColumns, { table, texts }: OpenPatterns, replay: Replay, categories: readonly OwnCategory[]): VerdictColumns {
  const labels = [...columns.labels];
  const codes = new Map(labels.map((label, code) => [label, code]));
  const codeOf = (label: string): number | undefined => {
    if (!codes.has(label) && labels.length < LABELS_MAX) codes.set(label, labels.push(label) - 1);
    return codes.get(label);
  };
  const problems = problemLabels(categories);
  const next: VerdictColumns = {
    labels, label: columns.label.slice(), guess: columns.guess.slice(), confidence: columns.confidence.slice(),
    decider: columns.decider.slice(), unsure: columns.unsure.slice(), final: columns.final.slice(), problem: columns.problem.slice(),
  };
  for (let pattern = 0; pattern < table.count; pattern++) {
    if (!isRecorded(columns, table, pattern)) continue;
    const verdict = replay.get(textName(texts[pattern]));
    const label = verdict === undefined ? undefined : codeOf(verdict.label);
    const guess = verdict === undefined || verdict.guess === '' ? NO_GUESS : codeOf(verdict.guess);
    if (verdict === undefined || label === undefined || guess === undefined || !isReplayed(DECIDERS[columns.decider[pattern]], verdict)) continue;
    next.label[pattern] = label;
    next.guess[pattern] = guess;
    next.confidence[pattern] = verdict.confidence;
    next.decider[pattern] = DECIDERS.indexOf(verdict.by);
    next.unsure[pattern] = UNSURE.indexOf(verdict.unsure);
    next.final[pattern] = 1;
    next.problem[pattern] = isProblem(verdict.label, table.http[pattern], table.level[pattern], table.texts[pattern], problems) ? 1 : 0;
  }
  return next;
}

/** Whether a recorded verdict stands for a pattern. What a language model was asked about here, it is not where nobody knew there. @param decider who decides here, or would */
export function isReplayed(decider: Decider, verdict: RecordedVerdict | undefined): boolean {
  return verdict !== undefined && (RECORDED_DECIDERS as readonly string[]).includes(decider) && !(decider === 'llm' && verdict.by === 'none');
}

/** Verdicts to be recorded, and of how many patterns they had to be left out for want of room. */
export interface Recorded {
  readonly verdicts: readonly RecordedVerdict[];
  readonly leftOut: number;
}

/**
 * What models said of the open patterns in the end, those with most rows first; then what an earlier recording that still
 * holds says of others. Nothing that may still change.
 */
export function recordVerdicts(columns: VerdictColumns, { table, texts }: OpenPatterns, earlier: Replay = new Map(), room = VERDICT_CHARS_MAX): Recorded {
  const found = new Map<string, RecordedVerdict>();
  const order = Array.from({ length: table.count }, (_, pattern) => pattern).sort((a, b) => table.rows[b] - table.rows[a] || a - b);
  for (const pattern of order) {
    const name = textName(texts[pattern]);
    if (table.rows[pattern] === 0 || !isRecorded(columns, table, pattern) || columns.final[pattern] === 0 || columns.unsure[pattern] === PENDING || found.has(name)) continue;
    const guess = columns.guess[pattern];
    found.set(name, {
      ...texts[pattern], label: columns.labels[columns.label[pattern]] ?? UNCLASSIFIED, guess: guess === NO_GUESS ? '' : columns.labels[guess],
      confidence: columns.confidence[pattern], by: DECIDERS[columns.decider[pattern]] as RecordedDecider, unsure: UNSURE[columns.unsure[pattern]],
    });
  }
  for (const [name, verdict] of earlier) if (!found.has(name)) found.set(name, verdict);
  let left = room;
  const verdicts = [...found.values()].filter(({ text }) => (left -= text.length) >= 0);
  return { verdicts, leftOut: found.size - verdicts.length };
}

/** Whether a pattern's verdict is of the kind that is recorded: neither a person's nor a rule's, nor of what no model is shown. */
function isRecorded({ decider }: VerdictColumns, { flags }: PatternTable, pattern: number): boolean {
  return (RECORDED_DECIDERS as readonly string[]).includes(DECIDERS[decider[pattern]]) && !(flags[pattern] & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW));
}
