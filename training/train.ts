/**
 * Trains all classifiers on training/corpus and writes public/models/classify. The same corpus and encoder give
 * the same bytes. Run: npm run train
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'fflate';
import { CATEGORY_NAMES } from '../src/contract/category.ts';
import { MASK_VERSION } from '../src/contract/pattern.ts';
import { VOTERS } from '../src/contract/verdict.ts';
import { EXAMPLES_PATH, KNOWN_WORDS_PATH, NEIGHBOURS_PATH, SPEC_PATH } from '../src/engine/classify/classify-spec.ts';
import type { ClassifySpec } from '../src/engine/classify/classify-spec.ts';
import { writeExamples } from '../src/engine/classify/examples.ts';
import { LIMITS_PATH, writeLimits } from '../src/engine/classify/limits-file.ts';
import { FEATURE_VERSION } from '../src/engine/classify/lexical/features.ts';
import { rememberWords } from '../src/engine/classify/lexical/known-words.ts';
import { writeNeighbours } from '../src/engine/classify/neighbour/neighbours.ts';
import { VOTER_FILES } from '../src/engine/classify/registry.ts';
import { CHECK_LINES_PATH, writeCheckLines } from '../src/engine/llm/check-lines.ts';
import { calibrate, chooseCalibration } from '../src/engine/train/calibration.ts';
import { forestToOnnx } from '../src/engine/train/forest-onnx.ts';
import { lexicalToOnnx } from '../src/engine/train/lexical-onnx.ts';
import { linearToOnnx } from '../src/engine/train/linear-onnx.ts';
import { naiveBayesToOnnx } from '../src/engine/train/naive-bayes-onnx.ts';
import { quantiseLinear } from '../src/engine/train/quantise-linear.ts';
import type { Fold } from '../src/engine/train/splits.ts';
import { writeCard } from './classify/card.ts';
import { checkFigures, drawCheckLines } from './classify/check-lines.ts';
import { crossFitVote } from './classify/cross-fit.ts';
import { readCorpus } from './classify/corpus.ts';
import type { Corpus } from './classify/corpus.ts';
import { writeHeldOut } from './classify/held-out-file.ts';
import { heldOutOpinions } from './classify/held-out.ts';
import type { HeldOut } from './classify/held-out.ts';
import { limitsOf, readAgreement } from './classify/limits.ts';
import { FIGURES_HEAD, byCategory, figures } from './classify/report.ts';
import { fitWeights, heldOutVote } from './classify/stack.ts';
import { embedPatterns } from './classify/vectors.ts';
import { CLASSES, fitVoters, trainingData } from './classify/voters.ts';
import type { FittedVoters } from './classify/voters.ts';
import { writeManifest } from './write-manifest.ts';

const MODELS = fileURLToPath(new URL('../public/models', import.meta.url));

async function main(): Promise<void> {
  const started = Date.now();
  const say = (text: string): void => console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);
  const corpus = readCorpus();
  say(`${corpus.messages.length} messages`);
  const { vectors, dims, encoder } = await embedPatterns(corpus.patterns, say);
  const data = trainingData(corpus.patterns, corpus.labels, vectors, dims);
  const heldOut = await heldOutOpinions(corpus.patterns, corpus.labels, corpus.families, say);
  const { voted, lexical, ...chosen } = vote(corpus, heldOut);
  const spec = { ...chosen, dims, encoder };
  const checkLines = drawCheckLines(corpus, heldOut, voted);
  console.log(`${checkFigures(checkLines, corpus.labels)}\n`);
  const fold = foldByRow(heldOut.folds, corpus.labels.length);
  writeHeldOut({ corpus: corpus.sha256, encoder, fold, opinions: heldOut.opinions, voted, lexical });
  const fitted = fitVoters(data, Int32Array.from(corpus.labels, (_, row) => row));
  say('final models fitted');
  mkdirSync(`${MODELS}/classify`, { recursive: true });
  writeModels(fitted);
  write(NEIGHBOURS_PATH, writeNeighbours(fitted.neighbours));
  write(EXAMPLES_PATH, writeExamples(corpus.messages));
  write(KNOWN_WORDS_PATH, rememberWords(corpus.patterns.map(({ text }) => text)));
  write(CHECK_LINES_PATH, writeCheckLines(checkLines));
  const limits = limitsOf(corpus.labels, crossFitVote(heldOut.opinions, corpus.labels, fold), readAgreement());
  write(LIMITS_PATH, writeLimits(limits));
  writeCard(limits);
  write(SPEC_PATH, `${JSON.stringify(spec)}\n`);
  writeManifest(MODELS);
  say('written');
}

/** Weights, calibrations and the scale of novelty, from answers about families not seen; prints what they are worth there. `voted`: that vote, calibrated; `lexical`: the word model alone. */
function vote(corpus: Corpus, { folds, opinions, cosines }: HeldOut): Omit<ClassifySpec, 'dims' | 'encoder'> & { readonly voted: Float32Array; readonly lexical: Float32Array } {
  const { labels } = corpus;
  const weights = fitWeights(opinions, labels);
  const combined = heldOutVote(opinions, weights);
  const lexical = opinions[VOTERS.indexOf('lexical')];
  const calibration = {
    lexical: chooseCalibration(lexical, labels, CLASSES, [...folds]),
    vote: chooseCalibration(combined, labels, CLASSES, [...folds]),
  };
  console.log(`\nOn families of programs not learnt from:\n${FIGURES_HEAD}`);
  VOTERS.forEach((voter, v) => console.log(figures(voter, opinions[v], labels)));
  const alone = calibrate(calibration.lexical, lexical, CLASSES);
  console.log(figures('lexical, calibrated', alone, labels));
  const voted = calibrate(calibration.vote, combined, CLASSES);
  // Weights and calibration fitted without the fold that they are asked about; what is shipped is fitted on all.
  const honest = crossFitVote(opinions, labels, foldByRow(folds, labels.length));
  console.log(`${figures('vote, calibrated', honest, labels)}\n${byCategory(honest, labels)}`);
  console.log(`weights ${VOTERS.map((voter, v) => `${voter} ${weights[v]}`).join(', ')}; calibration ${calibration.lexical.kind}, ${calibration.vote.kind}\n`);
  const sorted = Float32Array.from(cosines).sort();
  const at = (share: number): number => Number(sorted[Math.floor(share * sorted.length)].toFixed(4));
  return {
    version: 1, maskVersion: MASK_VERSION, featureVersion: FEATURE_VERSION, classes: [...CATEGORY_NAMES], voters: [...VOTERS], weights, calibration,
    novelty: { near: at(0.5), far: at(0.005) }, labels: [...labels], corpus: corpus.sha256, voted, lexical: alone,
  };
}

/** By row: the round that asked about it. */
function foldByRow(folds: readonly Fold[], rows: number): Int32Array {
  const fold = new Int32Array(rows);
  folds.forEach(({ test }, at) => test.forEach((row) => { fold[row] = at; }));
  return fold;
}

function writeModels(fitted: FittedVoters): void {
  write(VOTER_FILES['logistic-regression'], linearToOnnx(fitted.linear));
  write(VOTER_FILES['random-forest'], deflateSync(forestToOnnx(fitted.forest), { level: 9 }));
  write(VOTER_FILES['naive-bayes'], naiveBayesToOnnx(fitted.bayes));
  write(VOTER_FILES.lexical, lexicalToOnnx(quantiseLinear(fitted.lexical)));
}

function write(path: string, content: Uint8Array | string): void {
  writeFileSync(`${MODELS}/${path}`, content);
}

await main();
