import type { ReportFacts } from '../../engine/write/report/facts.ts';
import type { View } from '../../session/view.svelte.ts';

/** Patterns that are new or more frequent than in what the log is compared with, those that differ most surely first; null where it is compared with nothing. */
export function comparedPatterns(view: View, name: string): ReportFacts['compared'] {
  const { comparison, against } = view.comparing;
  if (comparison === null || against !== 'baseline') return null;
  const { ratio, score, here } = comparison;
  const found = [...ratio.keys()].filter((pattern) => here[pattern] > 0 && ratio[pattern] > 1 && score[pattern] > 0).sort((a, b) => score[b] - score[a]);
  const listed = found.filter((pattern) => comparison.change[pattern] === NEW || comparison.change[pattern] === MORE);
  return { name, patterns: listed.map((pattern) => ({ pattern, change: ratio[pattern] === Infinity ? 'new' : `× ${ratio[pattern] < 10 ? ratio[pattern].toFixed(1) : Math.round(ratio[pattern])}` })) };
}

/** Places in CHANGES (engine/summary/compare.ts). */
const NEW = 0;
const MORE = 1;
