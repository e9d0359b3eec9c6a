import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import { failureCode } from '../../../src/contract/failure.ts';
import type { PatternText, VoteBatch } from '../../../src/contract/verdict.ts';
import { VOTERS } from '../../../src/contract/verdict.ts';
import type { Fetcher } from '../../../src/engine/embed/model-files.ts';
import { ModelService } from '../../../src/engine/model/model-service.ts';
import { maskMessage } from '../../../src/engine/patterns/mask.ts';
import { MODELS_BASE, diskFetcher } from '../../../training/disk-fetcher.ts';

const MESSAGES = [
  'GET /v2/servers/detail HTTP/1.1 status: 200 len: 1583 time: 0.19', 'Multiple login failures occurred on user 9052 account', 'User 4471 changed the address of customer 881',
  'Disk usage on /var/lib/analytics is 91 %', 'Connection to mail server refused, message not sent', 'Node 17 crashed, all data on it is lost', '日本語',
];
const BATCH: readonly PatternText[] = MESSAGES.map((message) => ({ text: maskMessage(message), level: 0 }));

const service = (fetcher: Fetcher = diskFetcher): ModelService => new ModelService(ort, { threads: 1 }, fetcher);

/** Reads from disk, and counts the files. */
function counting(): { readonly fetcher: Fetcher; readonly files: () => number } {
  let files = 0;
  return { fetcher: (url) => (files++, diskFetcher(url)), files: () => files };
}

/** Reads from disk but for one file. */
const instead = (path: string, answer: (response: Response) => Promise<Response>): Fetcher => async (url) => (url.endsWith(path) ? answer(await diskFetcher(url)) : diskFetcher(url));

function expectVotes(votes: VoteBatch, n: number): void {
  const classes = CATEGORY_NAMES.length;
  expect(votes.n).toBe(n);
  expect([votes.probabilities.length, votes.choices.length, votes.confidences.length, votes.neighbour.length, votes.similarity.length, votes.novelty.length]).toEqual([n * classes, n * VOTERS.length, n * VOTERS.length, n, n, n]);
  for (let at = 0; at < n; at++) {
    const sum = votes.probabilities.subarray(at * classes, (at + 1) * classes).reduce((total, one) => total + one, 0);
    expect(sum).toBeCloseTo(1, 3);
  }
  for (const one of [...votes.probabilities, ...votes.confidences, ...votes.similarity, ...votes.novelty]) {
    expect(one).toBeGreaterThanOrEqual(0);
    expect(one).toBeLessThanOrEqual(1);
  }
}

/** One pattern's part of a batch's answers. */
function part(votes: VoteBatch, at: number): object {
  const { length: classes } = CATEGORY_NAMES;
  const { length: voters } = VOTERS;
  return {
    probabilities: [...votes.probabilities.subarray(at * classes, (at + 1) * classes)], choices: [...votes.choices.subarray(at * voters, (at + 1) * voters)],
    confidences: [...votes.confidences.subarray(at * voters, (at + 1) * voters)], rest: [votes.neighbour[at], votes.similarity[at], votes.novelty[at]],
  };
}

describe('the shipped models', () => {
  const models = service();
  let votes: VoteBatch;

  beforeAll(async () => {
    await models.open(MODELS_BASE);
    await models.openEncoder('wasm');
    votes = await models.vote(BATCH);
  }, 60_000);

  test('vote, all of them', () => {
    expectVotes(votes, BATCH.length);
    expect([...votes.choices].every((choice) => choice < CATEGORY_NAMES.length)).toBe(true);
    expect([...votes.neighbour].every((index) => index >= 0)).toBe(true);
  });

  test('tell the classic categories apart', () => {
    const label = (at: number): string => {
      const own = [...votes.probabilities.subarray(at * CATEGORY_NAMES.length, (at + 1) * CATEGORY_NAMES.length)];
      return CATEGORY_NAMES[own.indexOf(Math.max(...own))];
    };
    expect([label(0), label(1), label(3)]).toEqual(['HTTP Status', 'Security Alert', 'Resource Usage']);
  });

  test('give a pattern the same answer in any company', async () => {
    for (let at = 0; at < BATCH.length; at++) expect(part(await models.vote([BATCH[at]]), 0)).toEqual(part(votes, at));
    const turned = await models.vote([...BATCH].reverse());
    BATCH.forEach((_, at) => expect(part(turned, BATCH.length - 1 - at)).toEqual(part(votes, at)));
  });

  test('answer by words alone before the encoder is there', async () => {
    const { fetcher, files } = counting();
    const early = service(fetcher);
    await early.open(MODELS_BASE);
    const before = files();
    const lexical = await early.lexical(BATCH);
    expectVotes(lexical, BATCH.length);
    expect([...lexical.neighbour]).toEqual(BATCH.map(() => -1));
    BATCH.forEach((_, at) => expect([...lexical.choices.subarray(at * VOTERS.length, (at + 1) * VOTERS.length)].filter((choice) => choice !== 255)).toHaveLength(1));
    expect(part(await models.lexical(BATCH), 2)).toEqual(part(lexical, 2));
    await early.open(MODELS_BASE);
    expect(files()).toBe(before);
  });

  test('are loaded once though two runs ask at the same time, and answer both', async () => {
    const two = counting();
    const shared = service(two.fetcher);
    await shared.open(MODELS_BASE);
    const [, votesByWords] = await Promise.all([shared.openEncoder('wasm'), shared.lexical(BATCH), shared.openEncoder('wasm')]);
    expectVotes(votesByWords, BATCH.length);
    const files = two.files();
    await shared.openEncoder('wasm');
    expect(two.files()).toBe(files);
    const one = counting();
    const alone = service(one.fetcher);
    await alone.open(MODELS_BASE);
    await alone.openEncoder('wasm');
    expect(one.files()).toBe(files);
    expect(part(await shared.vote([BATCH[1]]), 0)).toEqual(part(votes, 1));
  });

  test('show the examples that neighbours point at', async () => {
    const examples = await models.examples([...votes.neighbour]);
    for (const example of examples) {
      expect(CATEGORY_NAMES).toContain(example.label);
      expect(example.message).not.toBe('');
    }
  });

  test('find the labelled messages nearest to each vector, the nearest first', async () => {
    const dims = votes.vectors.length / BATCH.length;
    const { indices: five, cosines } = await models.nearest(votes.vectors, 5);
    expect(five).toHaveLength(BATCH.length * 5);
    expect(BATCH.map((_, at) => five[at * 5])).toEqual([...votes.neighbour]);
    for (let at = 0; at < BATCH.length; at++) expect(new Set(five.subarray(at * 5, at * 5 + 5)).size).toBe(5);
    // The same whoever else is asked about, and however many are wanted.
    for (let at = 0; at < five.length; at++) if (at % 5 > 0) expect(cosines[at]).toBeLessThanOrEqual(cosines[at - 1]);
    BATCH.forEach((_, at) => expect(cosines[at * 5]).toBeCloseTo(votes.similarity[at], 5));
    expect([...(await models.nearest(votes.vectors.subarray(2 * dims, 3 * dims), 2)).indices]).toEqual([...five.subarray(10, 12)]);
    expect((await models.nearest(new Float32Array(0), 5)).indices).toHaveLength(0);
    const labels = (await models.examples([...five.subarray(0, 5)])).map(({ label }) => label);
    expect(labels.filter((label) => label === 'HTTP Status').length).toBeGreaterThanOrEqual(3);
  });

  test('take vectors that were computed elsewhere', async () => {
    const heads = service();
    await heads.open(MODELS_BASE);
    expect(await heads.openEncoder('webgpu')).toMatchObject({ backend: 'webgpu' });
    const dims = 384;
    const vectors = new Float32Array(2 * dims).fill(1 / Math.sqrt(dims));
    expectVotes(await heads.vote(BATCH.slice(0, 2), vectors), 2);
    await expect(heads.vote(BATCH)).rejects.toThrow('not been opened');
  });
});

describe('models that are not as shipped are refused', () => {
  const open = async (fetcher: Fetcher): Promise<unknown> => {
    const models = service(fetcher);
    try {
      await models.open(MODELS_BASE);
      await models.openEncoder('wasm');
      return null;
    } catch (error) {
      return error;
    }
  };
  const flip = async (response: Response): Promise<Response> => {
    const bytes = new Uint8Array(await response.arrayBuffer());
    bytes[bytes.length >> 1] ^= 1;
    return new Response(bytes);
  };
  const FILES = ['classify/classify.json', 'classify/lexical.onnx', 'classify/examples.json', 'encoder/encoder.json', 'encoder/tokenizer.json', 'encoder/minilm-int8.onnx'];

  test.each(FILES)('one byte of %s changed', async (path) => {
    const error = await open(instead(path, flip));
    expect(failureCode(error)).toBe('model-tampered');
    expect((error as Error).message).toContain(path);
  });

  test.each(FILES)('%s missing', async (path) => {
    const error = await open(instead(path, async () => new Response(null, { status: 404 })));
    expect(failureCode(error)).toBe('model-missing');
    expect((error as Error).message).toContain(path);
  });

  test.each<readonly [string, (response: Response) => Promise<Response>, string]>([
    ['cut short', async (response) => new Response((await response.arrayBuffer()).slice(0, 1000)), 'model-tampered'],
    ['longer', async (response) => new Response(new Blob([await response.arrayBuffer(), 'more'])), 'model-tampered'],
    ['a web page instead', async () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'model-missing'],
    ['no answer', () => Promise.reject(new TypeError('Failed to fetch')), 'model-missing'],
  ])('a file that is %s', async (_, answer, code) => expect(failureCode(await open(instead('classify/lexical.onnx', answer)))).toBe(code));

  test('no manifest, or one of another form', async () => {
    expect(failureCode(await open(instead('manifest.json', async () => new Response(null, { status: 404 }))))).toBe('model-missing');
    expect(failureCode(await open(instead('manifest.json', async () => new Response('{"version":2}'))))).toBe('model-tampered');
    expect(failureCode(await open(instead('manifest.json', async () => new Response('no json'))))).toBe('model-tampered');
  });

  test('and the next attempt may succeed', async () => {
    let broken = true;
    const models = service((url) => (broken && url.endsWith('lexical.onnx') ? Promise.reject(new TypeError('Failed to fetch')) : diskFetcher(url)));
    expect(failureCode(await models.open(MODELS_BASE).catch((error: unknown) => error))).toBe('model-missing');
    broken = false;
    await models.open(MODELS_BASE);
    expectVotes(await models.lexical(BATCH), BATCH.length);
  });
});

test('calls out of order are refused', async () => {
  await expect(service().lexical(BATCH)).rejects.toThrow('not been opened');
  await expect(service().openEncoder('wasm')).rejects.toThrow('not been opened');
  await expect(service().nearest(new Float32Array(384), 5)).rejects.toThrow('not been opened');
});
