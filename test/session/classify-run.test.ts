import { describe, expect, test, vi } from 'vitest';
import { Lane } from '../../src/bridge/lane.ts';
import { failureCode } from '../../src/contract/failure.ts';
import type { GpuEncoderApi, ModelApi } from '../../src/contract/model-api.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../src/contract/pattern.ts';
import type { PatternText } from '../../src/contract/verdict.ts';
import { CLOSELY, LEXICAL, UNREAD, Votes } from '../../src/engine/decide/votes.ts';
import { classify, openPatterns } from '../../src/session/classify-run.ts';
import type { ClassifyJob } from '../../src/session/classify-run.ts';
import { FakeWorker } from '../bridge/fake-worker.ts';
import { batchOf, patternsOf } from '../engine/decide/patterns.ts';

// The bridge asks the page for addresses, and there is no page here.
vi.mock('../../src/bridge/model.ts', () => ({ modelsBase: () => 'http://localhost/models/' }));

const laneOf = <Api extends object>(api: Api): Lane<Api> => new Lane<Api>('classifying', () => new FakeWorker(api) as unknown as Worker);

interface Made {
  readonly job: ClassifyJob;
  readonly calls: string[];
}

/** A run over 40 patterns, of which rules, blanks and the overflow take three. `stopAfter`: calls of the model after which it is cancelled. */
function make(change: { readonly stopAfter?: number; readonly gpu?: Lane<GpuEncoderApi>; readonly dims?: number } = {}): Made {
  const table = patternsOf(Array.from({ length: 40 }, (_, at) => ({
    text: `pattern ${at}`, rows: (at * 7) % 40, rule: at === 3 ? 0 : -1, flags: at === 4 ? PATTERN_NO_CONTENT : at === 5 ? PATTERN_OVERFLOW : 0,
  })));
  const calls: string[] = [];
  const answer = (name: string, batch: readonly PatternText[]): ReturnType<typeof batchOf> => {
    calls.push(`${name} ${batch.length}`);
    const vectors = new Float32Array(name === 'vote' ? batch.length * (change.dims ?? 0) : 0);
    return { ...batchOf(batch.map(({ text }) => ({ label: 'Error', confidence: Math.fround(0.5 + Number(text.slice(8)) / 100) }))), vectors };
  };
  const model: ModelApi = {
    open: async () => undefined, lexical: async (batch) => answer('lexical', batch), vote: async (batch) => answer('vote', batch),
    openEncoder: async (backend) => { calls.push(`encoder ${backend}`); return { id: 'e', backend, threads: 1 }; },
    embed: async () => new Float32Array(0), setAdded: async () => [], common: async () => new Float64Array(0), examples: async () => [], files: async () => [],
    nearest: async () => ({ indices: new Int32Array(0), cosines: new Float32Array(0) }), checkLines: async () => [],
  };
  const job: ClassifyJob = {
    table, rules: [], texts: table.texts.map((text) => ({ text, level: 0 })), votes: new Votes(table.count), model: laneOf(model), gpu: change.gpu ?? null,
    encoderReady: ({ backend }) => calls.push(`ready ${backend}`), gpuFailed: (error) => calls.push(`failed ${failureCode(error)}`),
    stopped: () => calls.length >= (change.stopAfter ?? Infinity), progress: () => undefined,
  };
  return { job, calls };
}

describe('patterns that rules leave open', () => {
  test('come with most rows first, and neither blanks nor the overflow among them', () => {
    const { job } = make();
    const open = openPatterns(job.table, job.rules);
    expect([...open].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at).filter((at) => at < 3 || at > 5));
    const rows = open.map((pattern) => job.table.rows[pattern]);
    expect(rows).toEqual([...rows].sort((a, b) => b - a));
  });

  test('of as many rows come in order of appearance', () => {
    expect(openPatterns(patternsOf([{ rows: 1 }, { rows: 5 }, { rows: 5 }, { rows: 1 }]), [])).toEqual([1, 2, 0, 3]);
  });

  test('are those of rules that only tell patterns apart, too', () => {
    const rules = ['Error', ''].map((label, at) => ({ id: `${at}`, pattern: 'x', label, about: '', origin: 'split' as const }));
    expect(openPatterns(patternsOf([{ rule: 0 }, { rule: 1 }, {}]), rules)).toEqual([1, 2]);
  });
});

describe('a run', () => {
  test('asks the word model first, then the encoder in small batches, and gives each pattern its own answer', async () => {
    const { job, calls } = make();
    await classify(job, Promise.resolve());
    expect(calls).toEqual(['lexical 37', 'encoder wasm', 'ready wasm', 'vote 8', 'vote 8', 'vote 8', 'vote 8', 'vote 5']);
    for (const pattern of openPatterns(job.table, job.rules)) {
      expect(job.votes.read[pattern]).toBe(CLOSELY);
      expect(job.votes.best(pattern).confidence).toBeCloseTo(0.5 + pattern / 100, 5);
    }
    expect([3, 4, 5].map((pattern) => job.votes.read[pattern])).toEqual([UNREAD, UNREAD, UNREAD]);
  });

  test('provisional votes are told of before the encoder is loaded', async () => {
    const { job, calls } = make();
    const told: string[] = [];
    await classify({ ...job, progress: () => void told.push(`${calls.length}, ${job.votes.read.filter((read) => read === LEXICAL).length}`) }, Promise.resolve());
    expect(told[1]).toBe('1, 37');
  });

  test('that is stopped keeps what is done, the largest patterns first', async () => {
    const { job } = make({ stopAfter: 5 });
    await classify(job, Promise.resolve());
    const read = openPatterns(job.table, job.rules).map((pattern) => job.votes.read[pattern]);
    expect(read.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => CLOSELY));
    expect(read.slice(16).every((one) => one === LEXICAL)).toBe(true);
  });

  test('asks no model where nothing is open', async () => {
    const { job, calls } = make();
    await classify({ ...job, table: patternsOf([{ rule: 0 }]) }, Promise.reject(new Error('never asked for')).catch(() => undefined) as Promise<void>);
    expect(calls).toEqual([]);
  });

  test('ends with the failure of the model', async () => {
    const { job } = make();
    await expect(classify(job, Promise.reject(new Error('no model there')))).rejects.toThrow('no model there');
  });
});

describe('on a GPU', () => {
  test('vectors come from its own worker, in larger batches', async () => {
    const texts: string[] = [];
    const gpu = laneOf<GpuEncoderApi>({
      open: async () => ({ id: 'g', backend: 'webgpu', threads: 1 }),
      embed: async (batch) => { texts.push(...batch); return new Float32Array(batch.length * 4); },
    });
    const { job, calls } = make({ gpu });
    await classify(job, Promise.resolve());
    expect(calls).toEqual(['lexical 37', 'encoder webgpu', 'ready webgpu', 'vote 32', 'vote 5']);
    expect(texts).toEqual(openPatterns(job.table, job.rules).map((pattern) => `pattern ${pattern}`));
  });

  test('that cannot be used the run goes on without it, and says so', async () => {
    const gpu = laneOf<GpuEncoderApi>({ open: () => Promise.reject(new Error('no adapter')), embed: () => Promise.reject(new Error('never')) });
    const { job, calls } = make({ gpu });
    await classify(job, Promise.resolve());
    expect(calls.slice(0, 4)).toEqual(['lexical 37', 'failed internal', 'encoder wasm', 'ready wasm']);
    expect(gpu.alive).toBe(false);
  });

  test('that is lost on the way everything is read again without it: a run has one back end', async () => {
    let embedded = 0;
    const gpu = laneOf<GpuEncoderApi>({
      open: async () => ({ id: 'g', backend: 'webgpu', threads: 1 }),
      embed: async (batch) => { if (embedded++ > 0) throw new Error('device lost'); return new Float32Array(batch.length * 4); },
    });
    // A vote gives back the vectors it was cast on.
    const { job, calls } = make({ gpu, dims: 4 });
    // What the card read of an earlier table is its work too.
    const first = openPatterns(job.table, job.rules)[0];
    job.votes.read[first] = CLOSELY;
    job.votes.vectors[first] = new Float32Array(4);
    await classify(job, Promise.resolve());
    expect(calls).toEqual(['lexical 36', 'encoder webgpu', 'ready webgpu', 'vote 32', 'failed internal', 'encoder wasm', 'ready wasm', 'vote 8', 'vote 8', 'vote 8', 'vote 8', 'vote 5']);
    expect(gpu.alive).toBe(false);
  });
});
