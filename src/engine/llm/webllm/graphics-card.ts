import type { LlmMachine } from '../../../contract/llm-api.ts';
import type { LlmModel } from '../../../contract/llm.ts';
import { Failure } from '../../../contract/failure.ts';
import { sizeInWords } from '../size-in-words.ts';

/** What the browser has to say about the graphics card. */
export interface CardSource {
  readonly isSecureContext: boolean;
  readonly navigator: { readonly gpu?: Pick<GPU, 'requestAdapter'>; readonly deviceMemory?: number };
}

export interface Card {
  readonly machine: LlmMachine;
  /** Largest piece of memory that WebLLM will be able to ask for, in bytes; 0 without a card. */
  readonly pieceBytes: number;
}

const OTHERWISE = 'Or choose a model in one GGUF file: those run without a graphics card.';

/*
 * What WebLLM 0.2.86 demands of a card (its `detectGPUDevice`): it asks for 1 GB, and where there is less, for WebGPU's own
 * least and not for what there is.
 */
const WANTED = 2 ** 30;
const LEAST = { maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 27, maxComputeWorkgroupStorageSize: 2 ** 15, maxStorageBuffersPerShaderStage: 10 } as const;

/** Asks for the graphics card. WebLLM would do so only after it has fetched everything else. */
export async function graphicsCard({ isSecureContext, navigator: { gpu } }: CardSource): Promise<Card> {
  if (gpu === undefined) {
    return none(isSecureContext
      ? `This browser cannot use the graphics card for this (it has no WebGPU). Use a current Chrome, Edge or Safari. ${OTHERWISE}`
      : `This page was not opened over a secure connection (https), and browsers then keep the graphics card from it. Open it by its https address. ${OTHERWISE}`);
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (adapter === null) return none(`The browser found no graphics card that it can use. Check that graphics acceleration is switched on in the browser's settings, and that the driver is up to date. ${OTHERWISE}`);
  const { limits } = adapter;
  const short = (Object.keys(LEAST) as (keyof typeof LEAST)[]).some((name) => limits[name] < LEAST[name]);
  const pieceBytes = Math.min(granted(limits.maxBufferSize, LEAST.maxBufferSize), granted(limits.maxStorageBufferBindingSize, LEAST.maxStorageBufferBindingSize));
  return {
    machine: {
      noGpu: short ? `The graphics card, or its driver, is too small for language models. ${OTHERWISE}` : '',
      f16: adapter.features.has('shader-f16'),
    },
    pieceBytes: short ? 0 : pieceBytes,
  };
}

/**
 * Why a model cannot run here; null where nothing speaks against it. Whether there is enough memory in all, no browser says
 * before it has been tried, except on computers with little.
 * @param largest bytes of the largest piece of memory for the weights; 0 = not known
 * @param deviceMemory gigabytes that the browser admits to (W3C Device Memory; never above 8 in older browsers); undefined = not known
 */
export function tooMuch(model: LlmModel, { machine, pieceBytes }: Card, largest: number, deviceMemory: number | undefined): Failure | null {
  if (machine.noGpu !== '') return new Failure('llm-unavailable', machine.noGpu);
  if (model.needsF16 && !machine.f16) {
    return new Failure('llm-unavailable', `"${model.name}" calculates with 16-bit numbers, which this graphics card or its driver does not offer. Choose the version of the model with "q4f32" in its name. ${OTHERWISE}`);
  }
  if (largest > pieceBytes) {
    return new Failure('llm-unavailable', `"${model.name}" needs ${sizeInWords(largest)} of graphics memory in one piece, and this graphics card gives out ${sizeInWords(pieceBytes)} at most. Choose a smaller model. ${OTHERWISE}`);
  }
  if (deviceMemory !== undefined && deviceMemory <= 4 && model.memoryBytes > deviceMemory * 2 ** 30) {
    return new Failure('llm-unavailable', `"${model.name}" needs ${sizeInWords(model.memoryBytes)} of memory, and this computer has about ${deviceMemory} GB in all. Choose a smaller model.`);
  }
  return null;
}

function granted(limit: number, least: number): number {
  return limit >= WANTED ? WANTED : least;
}

function none(noGpu: string): Card {
  return { machine: { noGpu, f16: false }, pieceBytes: 0 };
}
