import { describe, expect, it } from 'vitest';
import { lexicalFeatures } from '../../../src/engine/classify/lexical/features.ts';
import { BUCKETS, bucketOf, hashText } from '../../../src/engine/classify/lexical/hash.ts';
import { rememberWords, unknownShare } from '../../../src/engine/classify/lexical/known-words.ts';
import { splitWords } from '../../../src/engine/classify/lexical/words.ts';

describe('words of a masked text', () => {
  it('splits camelCase, snake_case and dotted names, and keeps placeholders and HTTP classes whole', () => {
    expect(splitWords('org.acme.HTTPServer failed_over: <num> of <ip> gave 5xx, 88% used'))
      .toEqual(['org', 'acme', 'http', 'server', 'failed', 'over', '<num>', 'of', '<ip>', 'gave', '5xx', '88', '%', 'used']);
  });

  it('reads letters of other scripts', () => {
    expect(splitWords('Überlauf im Puffer 磁盘已满')).toEqual(['überlauf', 'im', 'puffer', '磁盘已满']);
  });

  it('is empty where there is nothing to read', () => {
    expect(splitWords('--- ***')).toEqual([]);
  });
});

describe('hashing', () => {
  it('is FNV-1a with MurmurHash3’s finaliser, in range', () => {
    // FNV-1a of "a": published test vector e40c292c.
    expect(hashText('a', 0) >>> 0).toBe(0xe40c292c);
    // fmix32(1) of MurmurHash3.
    expect(bucketOf(1, 1 << 30)).toBe(0x514e28b7 & ((1 << 30) - 1));
    for (const text of ['', 'x', 'naïve', '磁盘']) expect(bucketOf(hashText(text, 3))).toBeLessThan(BUCKETS);
  });
});

describe('lexical features', () => {
  const pattern = { text: 'Connection to <ip> refused after <num> retries', level: 6 };

  it('gives the same features for the same text and level, and others for another level or word order', () => {
    expect(lexicalFeatures(pattern)).toEqual(lexicalFeatures({ ...pattern }));
    expect(lexicalFeatures(pattern).ids).not.toEqual(lexicalFeatures({ ...pattern, level: 3 }).ids);
    expect(lexicalFeatures({ text: 'disk full, not empty', level: 0 }).ids).not.toEqual(lexicalFeatures({ text: 'disk empty, not full', level: 0 }).ids);
  });

  it('has distinct buckets in rising order and a length that does not grow with the text', () => {
    const length = (text: string): number => Math.hypot(...lexicalFeatures({ text, level: 0 }).values);
    const { ids } = lexicalFeatures(pattern);
    expect([...ids]).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(length('one failed operation')).toBeCloseTo(length('one very much longer account of several failed operations in some cluster'), 1);
  });

  it('answers an empty text, too', () => {
    expect(lexicalFeatures({ text: '', level: 0 }).ids.length).toBeGreaterThan(0);
  });
});

describe('known words', () => {
  const known = rememberWords(['connection refused by <ip>', 'disk full']);

  it('knows the words it was shown, in any order and case', () => {
    expect(unknownShare('Disk refused: connection FULL by <num>', known)).toBe(0);
  });

  it('counts the words it never saw, not placeholders', () => {
    expect(unknownShare('disk <num> zyxgloop <ip> qwlmn refused', known)).toBe(0.5);
    expect(unknownShare('<num> <ip>', known)).toBe(0);
  });
});
