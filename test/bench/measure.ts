import type { BenchGroup, Lab, Sample } from './bench.ts';
import { median, short, table } from './table.ts';

/**
 * Measures a group in rounds that interleave its benches, each round beginning with another one, so that a machine
 * that slows down or speeds up does so for all of them.
 */
export async function measure(group: BenchGroup, lab: Lab, rounds: number, progress: (text: string) => void): Promise<Map<string, Sample[]>> {
  const samples = new Map<string, Sample[]>(group.benches.map((bench) => [bench.name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < group.benches.length; turn++) {
      const bench = group.benches[(turn + round) % group.benches.length];
      progress(`${group.title}: round ${round + 1} of ${rounds}, ${bench.name}`);
      samples.get(bench.name)?.push(await bench.run(lab));
    }
  }
  return samples;
}

/** The table of a group: medians over rounds, and how many times the floor's time per unit each bench took. */
export function report(group: BenchGroup, samples: ReadonlyMap<string, readonly Sample[]>): string[] {
  const perUnit = (name: string): number => median((samples.get(name) ?? []).map((sample) => sample.warm / sample.units));
  const floor = group.benches[0].name;
  const rows = group.benches.map((bench) => {
    const all = samples.get(bench.name) ?? [];
    const warm = all.map((sample) => sample.warm);
    const seconds = median(warm) / 1000;
    return [
      bench.name, short(median(warm)), `${short(Math.min(...warm))}–${short(Math.max(...warm))}`, short(median(all.map((sample) => sample.cold))),
      short(all[0].units / seconds), short(all[0].bytes / 1e6 / seconds), `${(perUnit(bench.name) / perUnit(floor)).toFixed(2)}×`,
    ];
  });
  const head = ['', 'warm ms', 'min–max', 'cold ms', `${group.unit}/s`, 'MB/s', `× ${floor}`];
  return [
    `${group.title} (median of ${samples.get(floor)?.length ?? 0} rounds)`, ...table([head, ...rows]), '',
    ...group.benches.map((bench) => `${bench.name}: ${bench.about}`),
  ];
}
