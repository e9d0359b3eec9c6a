import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import { MASK_VERSION } from '../../../src/contract/pattern.ts';
import { SPEC_PATH, parseClassifySpec } from '../../../src/engine/classify/classify-spec.ts';
import type { ClassifySpec } from '../../../src/engine/classify/classify-spec.ts';
import { FEATURE_VERSION } from '../../../src/engine/classify/lexical/features.ts';

const shipped = JSON.parse(readFileSync(new URL(`../../../public/models/${SPEC_PATH}`, import.meta.url), 'utf8')) as ClassifySpec;
const parse = (changes: object): ClassifySpec => parseClassifySpec(new TextEncoder().encode(JSON.stringify({ ...shipped, ...changes })));

describe('classify.json', () => {
  it('as shipped was learnt from texts as they are masked now', () => {
    expect(parse({})).toEqual(shipped);
    expect([shipped.maskVersion, shipped.featureVersion]).toEqual([MASK_VERSION, FEATURE_VERSION]);
  });

  it.each([
    ['texts masked otherwise', { maskVersion: MASK_VERSION - 1 }, /prepared otherwise/],
    ['other features', { featureVersion: FEATURE_VERSION + 1 }, /prepared otherwise/],
    ['nobody knows which masking', { maskVersion: undefined }, /not of a form/],
    ['another list of voters', { voters: ['lexical'] }, /not of a form/],
    ['weights for fewer voters', { weights: [1] }, /not of a form/],
  ])('of models that learnt from %s is refused in words', (_, changes, words) => {
    expect(() => parse(changes)).toThrow(words);
  });

  it('that is no JSON is refused as a file of the wrong form', () => {
    let error: unknown;
    try {
      parseClassifySpec(new TextEncoder().encode('<html>'));
    } catch (thrown) {
      error = thrown;
    }
    expect(failureCode(error)).toBe('model-runtime');
  });
});
