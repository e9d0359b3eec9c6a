import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { loadEncoder } from '../../../src/engine/embed/load-encoder.ts';
import { fetchManifest } from '../../../src/engine/embed/model-files.ts';
import { prepareRuntime } from '../../../src/engine/embed/onnx.ts';
import { createRandom, randomInt } from '../../../src/engine/train/random.ts';
import { createTrainJob } from '../../../src/engine/train/train-job.ts';
import type { TrainingData } from '../../../src/contract/training.ts';
import type { Task } from './tasks.ts';
import { MODELS, messagesOf } from './messages.ts';

/** 2,400 rows on 500 patterns, as in the classic training file. */
const ROWS_PER_PATTERN = 4.8;
const CLASSES = 9;
/** Labels that no model can explain. */
const WRONG = 0.03;

/** Trains on the messages' real vectors, which are made before the clock starts. Labels: the nearest of nine messages, a few wrong. */
export function trainTask(folds: number): Task {
  let data: TrainingData | null = null;
  return {
    async prepare(file) {
      prepareRuntime(ort, { wasmUrl: new URL(wasmUrl, import.meta.url).href, threads: 1 });
      const encoder = await loadEncoder(ort, { backend: 'wasm', base: MODELS, manifest: await fetchManifest(MODELS) });
      const messages = await messagesOf(file);
      const vectors = new Float32Array(messages.length * encoder.dims);
      for (const [at, message] of messages.entries()) vectors.set(await encoder.embed(message), at * encoder.dims);
      data = labelled(vectors, encoder.dims);
    },
    async run() {
      const job = createTrainJob(data as TrainingData, { name: 'bench', encoder: 'bench', date: '', folds });
      while (!job.step(50).finished);
      const { manifest } = await job.result();
      return { patterns: manifest.trained.patterns, counted: manifest.trained.rowsCounted, files: manifest.files.length };
    },
  };
}

function labelled(vectors: Float32Array, dims: number): TrainingData {
  const random = createRandom(1);
  const count = vectors.length / dims;
  const cosine = (a: number, b: number): number => {
    let sum = 0;
    for (let j = 0; j < dims; j += 1) sum += vectors[a * dims + j] * vectors[b * dims + j];
    return sum;
  };
  const middles = Array.from({ length: CLASSES }, () => randomInt(random, count));
  const label = Uint8Array.from({ length: count }, (_, pattern) => {
    if (random() < WRONG) return randomInt(random, CLASSES);
    return middles.reduce((best, middle, at) => (cosine(pattern, middle) > cosine(pattern, middles[best]) ? at : best), 0);
  });
  const rows = new Float64Array(count).fill(1);
  // A square gives few patterns most rows, as in a real file.
  for (let left = Math.round(count * (ROWS_PER_PATTERN - 1)); left > 0; left -= 1) rows[Math.floor(count * random() ** 2)] += 1;
  return { vectors, dims, classes: Array.from({ length: CLASSES }, (_, c) => `class ${c}`), pattern: Uint32Array.from({ length: count }, (_, i) => i), label, rows };
}
