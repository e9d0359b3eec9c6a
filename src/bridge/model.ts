import type { GpuEncoderApi, ModelApi } from '../contract/model-api.ts';
import modelUrl from '../../workers/model.worker.ts?worker&url';
import gpuUrl from '../../workers/gpu-encoder.worker.ts?worker&url';
import { Lane } from './lane.ts';
import { startWorker } from './start-worker.ts';

/**
 * The model worker (WebAssembly). Cancel policy: batches are driven by the caller, which looks at its signal between them; the
 * loaded models are kept for the next run.
 */
export function modelLane(): Lane<ModelApi> {
  return new Lane<ModelApi>('classifying', () => startWorker(modelUrl, 'model'));
}

/** The WebGPU encoder: a worker and a runtime of its own, loaded only where it is used. Same cancel policy. */
export function gpuLane(): Lane<GpuEncoderApi> {
  return new Lane<GpuEncoderApi>('classifying on the GPU', () => startWorker(gpuUrl, 'gpu-encoder'));
}

/** Where the page's own models are, as an absolute address with a final slash. */
export function modelsBase(): string {
  return new URL('models/', document.baseURI).href;
}
