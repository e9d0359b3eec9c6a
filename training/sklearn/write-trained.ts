/**
 * Writes the three .onnx files that the page's own training makes of test/fixtures/train/rounds.json, for python_answers.py
 * to run. Argument: the folder to write to. Run by make.sh.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTrainJob } from '../../src/engine/train/train-job.ts';

interface Rounds {
  readonly dims: number;
  readonly step: number;
  readonly classes: readonly string[];
  readonly vectors: string;
  readonly pattern: readonly number[];
  readonly label: readonly number[];
  readonly rows: readonly number[];
}

async function main(folder: string): Promise<void> {
  const data = JSON.parse(readFileSync(fileURLToPath(new URL('../../test/fixtures/train/rounds.json', import.meta.url)), 'utf8')) as Rounds;
  const steps = new Int8Array(Buffer.from(data.vectors, 'base64'));
  const job = createTrainJob({
    vectors: Float32Array.from(steps, (value) => value * Math.fround(data.step)), dims: data.dims, classes: data.classes,
    pattern: Uint32Array.from(data.pattern), label: Uint8Array.from(data.label), rows: Float64Array.from(data.rows),
  }, { name: 'fixture', encoder: 'fixture', date: '2025-01-01', folds: 1 });
  while (!job.step(1000).finished);
  const { files } = await job.result();
  mkdirSync(folder, { recursive: true });
  for (const { path, bytes } of files) writeFileSync(`${folder}/${path}`, bytes);
}

await main(process.argv[2]);
