import type { LoadModelParams } from '@wllama/wllama/esm/index.js';
import { PIECE } from './needs.ts';

/** Errors only (llama.cpp, `ggml_log_level`): they are what a failure is explained by. */
const ERRORS = 4;
/** Fewer cores are better left to the page and the browser: two threads on two busy cores are ten times slower than one. */
const CORES_FOR_THREADS = 4;
const MOST_THREADS = 8;

/** How many threads to run a model with. @param shared SharedArrayBuffer can be passed on, which threads need */
export function threadsFor(cores: number, shared: boolean): number {
  return shared && cores >= CORES_FOR_THREADS ? Math.min(cores - 1, MOST_THREADS) : 1;
}

/**
 * How a model is loaded. Attention is computed row by row (no flash attention), so that an answer does not depend on which part of
 * the prompt was kept from the question before.
 */
export function loadSettings(contextTokens: number, threads: number): LoadModelParams {
  return {
    n_ctx: contextTokens, n_threads: threads, n_gpu_layers: 0, n_parallel: 1, n_batch: PIECE, n_ubatch: PIECE,
    flash_attn: false, swa_full: true, warmup: false, log_level: ERRORS as number as NonNullable<LoadModelParams['log_level']>,
    // What it writes is taken as it is; its reasoning is told apart here.
    jinja: true, reasoning_format: 'none', skip_chat_parsing: true,
  };
}
