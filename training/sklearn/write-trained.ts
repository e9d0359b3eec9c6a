/**
 * Writes the three .onnx files that the page's own training makes of test/fixtures/train/rounds.json, for python_answers.py
 * to run. Argument: the folder to write to. Run by make.sh.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createTrainJob } from '../../src/engine/train/train-job.ts';
import { roundsData } from './rounds.ts';

async function main(folder: string): Promise<void> {
  const job = createTrainJob(roundsData, { name: 'fixture', encoder: 'fixture', date: '2025-01-01', folds: 1 });
  while (!job.step(1000).finished);
  const { files } = await job.result();
  mkdirSync(folder, { recursive: true });
  for (const { path, bytes } of files) writeFileSync(`${folder}/${path}`, bytes);
}

await main(process.argv[2]);
