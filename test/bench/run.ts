/**
 * `npm run bench [-- NAME…] [--rows=N] [--patterns=N] [--rounds=N]`: medians beside the floor of the same run.
 * A NAME keeps the benches whose name contains it; their group's floor always runs.
 */
import { parseArgs } from 'node:util';
import type { BenchGroup } from './bench.ts';
import { GROUPS } from './benches.ts';
import { openLab } from './chromium-lab.ts';
import { measure, report } from './measure.ts';

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string', default: '1000000' }, patterns: { type: 'string', default: '500' }, rounds: { type: 'string', default: '5' } },
});

/** The group with only what was asked for, or undefined when that is nothing. */
function chosen(group: BenchGroup): BenchGroup | undefined {
  const [floor, ...others] = group.benches;
  const asked = (name: string): boolean => names.length === 0 || names.some((part) => name.includes(part));
  const kept = others.filter((bench) => asked(bench.name));
  return kept.length > 0 || asked(floor.name) ? { ...group, benches: [floor, ...kept] } : undefined;
}

const groups = GROUPS.map(chosen).filter((group) => group !== undefined);
if (groups.length === 0) {
  console.error(`No bench is called ${names.join(' or ')}. There are: ${GROUPS.flatMap((group) => group.benches.map((bench) => bench.name)).join(', ')}`);
  process.exit(1);
}

const lab = await openLab(Number(values.rows), Number(values.patterns));
const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};
try {
  for (const group of groups) {
    group.prepare?.(lab.cache);
    const samples = await measure(group, lab, Number(values.rounds), progress);
    progress('');
    console.log(`\n${report(group, samples).join('\n')}`);
  }
} finally {
  await lab.close();
}
