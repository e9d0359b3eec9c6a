import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Encoder } from '../../../src/engine/embed/encoder.ts';
import { parseEncoderSpec } from '../../../src/engine/embed/encoder-spec.ts';
import { cosine, selfCheck } from '../../../src/engine/embed/self-check.ts';
import { realEncoder, reference } from './real-encoder.ts';

const spec = parseEncoderSpec(readFileSync(new URL('../../../public/models/encoder/encoder.json', import.meta.url)));
let encoder: Encoder;

beforeAll(async () => { encoder = await realEncoder(); }, 60_000);
afterAll(() => encoder.dispose());

test('is as close to the fp32 original as promised', async () => {
  const cosines: number[] = [];
  for (const [index, line] of reference.lines.entries()) cosines.push(cosine(await encoder.embed(line), reference.vectors[index]));
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  expect(cosines.length).toBeGreaterThanOrEqual(20);
  expect(mean).toBeGreaterThanOrEqual(0.99);
  expect(Math.min(...cosines)).toBeGreaterThanOrEqual(0.98);
});

test('gives a text the same vector alone, after other texts, and while others wait', async () => {
  const [line, ...others] = reference.lines;
  const alone = await encoder.embed(line);
  for (const other of others.slice(0, 5)) await encoder.embed(other);
  const [, again] = await Promise.all([encoder.embed(others[6]), encoder.embed(line), encoder.embed(others[7])]);
  expect([...again]).toEqual([...alone]);
});

test('gives vectors of unit length and of the promised size, also for odd texts', async () => {
  for (const text of ['', ' ', '!', '\u0000', '\ud800', 'x'.repeat(20_000), '温度センサー 応答なし']) {
    const vector = await encoder.embed(text);
    expect(vector.length).toBe(encoder.dims);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  }
});

test('tokens past the limit do not count, those before it do', async () => {
  const long = reference.lines.find((line) => line.startsWith('postgres'))!;
  const longer = await encoder.embed(`${long} and more words that are past the limit`);
  expect(cosine(longer, await encoder.embed(long))).toBeCloseTo(1, 6);
  expect(cosine(await encoder.embed(`x ${long}`), longer)).toBeLessThan(0.9999);
});

test('similar messages lie closer than different ones', async () => {
  const refused = await encoder.embed('connection refused by host db-1');
  const rejected = await encoder.embed('connection rejected by server db-2');
  const backup = await encoder.embed('nightly backup completed successfully');
  expect(cosine(refused, rejected)).toBeGreaterThan(cosine(refused, backup) + 0.2);
});

test('the self-check accepts the stored vectors and refuses others', async () => {
  await selfCheck(encoder, spec.selfCheck);
  const wasm = spec.selfCheck.vectors.wasm.map((vector, line) => (line === 2 ? vector.map((x, i) => (i < 8 ? -x : x)) : vector));
  await expect(selfCheck(encoder, { ...spec.selfCheck, vectors: { ...spec.selfCheck.vectors, wasm } })).rejects.toMatchObject({ code: 'model-self-check' });
});

test('the self-check refuses an encoder that gives NaN', async () => {
  const broken: Encoder = { ...encoder, embed: async () => new Float32Array(encoder.dims).fill(Number.NaN) };
  await expect(selfCheck(broken, spec.selfCheck)).rejects.toMatchObject({ code: 'model-self-check' });
});

test('encoder.json of another form is refused', () => {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  for (const wrong of [null, [], {}, { ...spec, version: 2 }, { ...spec, files: {} }, { ...spec, selfCheck: { lines: [], vectors: { wasm: [], webgpu: [] } } }]) {
    expect(() => parseEncoderSpec(bytes(wrong))).toThrow(expect.objectContaining({ code: 'model-runtime' }));
  }
  expect(() => parseEncoderSpec(new TextEncoder().encode('<!doctype html>'))).toThrow(expect.objectContaining({ code: 'model-runtime' }));
});
