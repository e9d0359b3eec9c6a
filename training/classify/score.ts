/**
 * Scores the shipped classifiers on a table of labelled log events, beside always-the-majority, without rules:
 *   npx tsx training/classify/score.ts FILE.csv
 * Columns: system, level, log_message, label, confidence ("high" rows count). One row is one pattern.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as ort from 'onnxruntime-web/wasm';
import Papa from 'papaparse';
import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import type { VoteBatch } from '../../src/contract/verdict.ts';
import { DEFAULT_THRESHOLD, VOTERS } from '../../src/contract/verdict.ts';
import { VoteModel } from '../../src/engine/classify/vote-model.ts';
import { fetchManifest, fetchModelFile } from '../../src/engine/embed/model-files.ts';
import { argmax, score } from '../../src/engine/train/metrics.ts';
import { MODELS_BASE, diskFetcher } from '../disk-fetcher.ts';
import { patternOf } from './corpus.ts';
import { FIGURES_HEAD, byCategory, figures } from './report.ts';
import { embedPatterns } from './vectors.ts';
import { CLASSES } from './voters.ts';

interface Event { readonly system: string; readonly level: string; readonly log_message: string; readonly label: string; readonly confidence: string }

function readEvents(file: string): Event[] {
  const { data } = Papa.parse<Event>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true });
  return data.filter(({ label, confidence }) => confidence === 'high' && (CATEGORY_NAMES as readonly string[]).includes(label));
}

/** The choices of one voter as probabilities, for the figures; its confidence at its choice, the rest spread. */
function opinionOf(batch: VoteBatch, voter: number): Float32Array {
  const out = new Float32Array(batch.n * CLASSES);
  for (let row = 0; row < batch.n; row++) {
    const sure = batch.confidences[row * VOTERS.length + voter];
    out.fill((1 - sure) / (CLASSES - 1), row * CLASSES, (row + 1) * CLASSES);
    out[row * CLASSES + batch.choices[row * VOTERS.length + voter]] = sure;
  }
  return out;
}

function bySystem(events: readonly Event[], probabilities: Float32Array, labels: Int32Array): void {
  const predicted = argmax(probabilities, CLASSES);
  for (const system of new Set(events.map((event) => event.system))) {
    const rows = events.flatMap((event, row) => (event.system === system ? [row] : []));
    const { accuracy, macroF1 } = score(rows.map((row) => labels[row]), rows.map((row) => predicted[row]), CLASSES);
    const sure = rows.filter((row) => probabilities[row * CLASSES + predicted[row]] >= DEFAULT_THRESHOLD).length / rows.length;
    console.log(`  ${system.padEnd(20)}${[accuracy, macroF1, sure].map((cell) => cell.toFixed(3).padStart(9)).join('')}  of ${rows.length}`);
  }
}

async function main(file: string): Promise<void> {
  const events = readEvents(file);
  const labels = Int32Array.from(events, ({ label }) => (CATEGORY_NAMES as readonly string[]).indexOf(label));
  const patterns = events.map(({ level, log_message: message }) => patternOf({ level, message }));
  const { vectors } = await embedPatterns(patterns);
  const manifest = await fetchManifest(MODELS_BASE, diskFetcher);
  const model = await VoteModel.open(ort, { get: (path) => fetchModelFile(MODELS_BASE, manifest, path, undefined, diskFetcher) });
  const lexical = await model.lexical(patterns);
  const vote = await model.vote(patterns, vectors);
  const counts = CATEGORY_NAMES.map((_, c) => labels.filter((label) => label === c).length);
  const majority = counts.indexOf(Math.max(...counts));
  const { accuracy, macroF1 } = score(labels, labels.map(() => majority), CLASSES);
  console.log(`${basename(file)}: ${events.length} events\n${FIGURES_HEAD}`);
  console.log(`${'always the majority'.padEnd(22)}${accuracy.toFixed(3).padStart(9)}${macroF1.toFixed(3).padStart(9)}`);
  VOTERS.forEach((voter, v) => console.log(figures(voter, opinionOf(vote, v), labels)));
  console.log(figures('lexical, calibrated', lexical.probabilities, labels));
  console.log(figures('vote, calibrated', vote.probabilities, labels));
  bySystem(events, vote.probabilities, labels);
  console.log(byCategory(vote.probabilities, labels));
  const predicted = argmax(vote.probabilities, CLASSES);
  const examples = model.examples();
  events.forEach((event, row) => {
    if (predicted[row] === labels[row]) return;
    const sure = vote.probabilities[row * CLASSES + predicted[row]].toFixed(2);
    console.log(`  ${event.label} taken for ${CATEGORY_NAMES[predicted[row]]} (${sure}): ${event.log_message.slice(0, 90)} ~ ${examples[vote.neighbour[row]]?.message.slice(0, 60)}`);
  });
}

const file = process.argv[2];
if (file === undefined) console.error('Which file? npx tsx training/classify/score.ts FILE.csv');
else await main(file);
