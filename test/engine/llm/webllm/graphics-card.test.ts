import { describe, expect, it } from 'vitest';
import { graphicsCard, tooMuch } from '../../../../src/engine/llm/webllm/graphics-card.ts';
import { tinyModel } from './tiny-model.ts';

const GB = 2 ** 30;
const LIMITS = { maxBufferSize: 4 * GB, maxStorageBufferBindingSize: 2 * GB, maxComputeWorkgroupStorageSize: 32_768, maxStorageBuffersPerShaderStage: 10 };

/** A browser's graphics card. The real thing is asked in test/browser/webllm.test.ts. */
function card(limits: Partial<typeof LIMITS> = {}, features: readonly string[] = []) {
  const adapter = { limits: { ...LIMITS, ...limits }, features: new Set(features) } as unknown as GPUAdapter;
  return graphicsCard({ isSecureContext: true, navigator: { gpu: { requestAdapter: async () => adapter } } });
}

describe('the graphics card', () => {
  it('is described without the library', async () => {
    expect((await card({}, ['shader-f16'])).machine).toEqual({ noGpu: '', f16: true });
    expect((await card()).machine.f16).toBe(false);
  });

  it('is missing, for one of three reasons, each said with what to do', async () => {
    const none = async (source: Parameters<typeof graphicsCard>[0]) => (await graphicsCard(source)).machine.noGpu;
    expect(await none({ isSecureContext: true, navigator: {} })).toMatch(/no WebGPU.*Chrome.*GGUF/);
    expect(await none({ isSecureContext: false, navigator: {} })).toMatch(/https.*GGUF/);
    expect(await none({ isSecureContext: true, navigator: { gpu: { requestAdapter: async () => null } } })).toMatch(/found no graphics card.*GGUF/);
    expect(await none({ isSecureContext: true, navigator: { gpu: { requestAdapter: () => Promise.reject(new Error('x')) } } })).toMatch(/found no graphics card/);
    expect((await card({ maxStorageBuffersPerShaderStage: 8 })).machine.noGpu).toMatch(/too small/);
  });

  it('gives WebLLM pieces of 1 GB or, where it has less, of WebGPU\'s least only', async () => {
    expect((await card()).pieceBytes).toBe(GB);
    expect((await card({ maxStorageBufferBindingSize: GB - 1 })).pieceBytes).toBe(2 ** 27);
    expect((await card({ maxBufferSize: GB / 2, maxStorageBufferBindingSize: GB })).pieceBytes).toBe(2 ** 28);
  });

  it('refuses what does not fit, in words', async () => {
    const plain = await card({ maxStorageBufferBindingSize: GB / 2 });
    expect(tooMuch(tinyModel(), plain, 2 ** 27, 8)).toBeNull();
    expect(tooMuch(tinyModel(), plain, 200e6, 8)?.message).toMatch(/needs 200 MB.*in one piece.*134 MB at most.*smaller model/);
    expect(tooMuch(tinyModel({ needsF16: true }), plain, 0, 8)?.message).toMatch(/q4f32/);
    expect(tooMuch(tinyModel({ memoryBytes: 5.1e9 }), plain, 0, 4)?.message).toMatch(/needs 5.1 GB.*about 4 GB/);
    // Browsers never admit to more than 8, and often say nothing.
    expect(tooMuch(tinyModel({ memoryBytes: 12e9 }), plain, 0, 8)).toBeNull();
    expect(tooMuch(tinyModel({ memoryBytes: 12e9 }), plain, 0, undefined)).toBeNull();
  });
});
