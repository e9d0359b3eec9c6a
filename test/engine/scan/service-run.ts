import type { ExportVerdicts, ReadResult, ReadSetup } from '../../../src/contract/reader-api.ts';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { decide } from '../../../src/engine/decide/decide.ts';
import { Votes } from '../../../src/engine/decide/votes.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { RULES } from './scanned.ts';

export const PLAIN: ReadSetup = { rules: RULES, lessons: [] };

/** Reads a file with a service, from `begin` to `finish`. */
export async function readAll(service: ReaderService, files: readonly File[], setup: ReadSetup = PLAIN, change: Partial<Dialect> = {}): Promise<ReadResult> {
  const dialects: Dialect[] = [];
  for (const file of files) dialects.push({ ...(await service.sniff(file)).dialect, ...change });
  const run = await service.begin(files, dialects, setup);
  while (!(await service.step(50, run)).done);
  return service.finish(run);
}

/** What the page would share: rules decide, the rest is Unclassified. */
export function verdictsOf(result: ReadResult, setup: ReadSetup = PLAIN): ExportVerdicts {
  return decide(result.table, setup.rules, new Votes(result.table.count), { threshold: 0.5, ended: true });
}

export async function exportAll(service: ReaderService): Promise<string> {
  const decoder = new TextDecoder();
  for (let text = ''; ; ) {
    const step = await service.exportStep();
    text += decoder.decode(step.bytes, { stream: true });
    if (step.done) return text;
  }
}
