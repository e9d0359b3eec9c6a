import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import { MASK_VERSION } from '../../../src/contract/pattern.ts';
import type { Bundle } from '../../../src/engine/bundle/bundle.ts';
import { BUNDLE_BYTES_MAX } from '../../../src/engine/bundle/limits.ts';
import { parseBundle } from '../../../src/engine/bundle/read-bundle.ts';
import type { ReadBundleOptions } from '../../../src/engine/bundle/read-bundle.ts';
import { writeBundle } from '../../../src/engine/bundle/write-bundle.ts';
import { fullBundle } from './made-bundle.ts';

/** Parsed JSON whose every place may be set to anything. */
interface Loose { [name: string]: Loose; [index: number]: Loose }

let good: string;
beforeAll(async () => {
  good = writeBundle(await fullBundle());
});

const PASS: ReadBundleOptions = { inspect: () => Promise.resolve() };
const encoder = new TextEncoder();

/** What is said of a file, or '' if it is taken. */
async function refusal(bytes: Uint8Array | string, options = PASS): Promise<string> {
  try {
    await parseBundle(typeof bytes === 'string' ? encoder.encode(bytes) : bytes, options);
    return '';
  } catch (error) {
    expect(failureCode(error)).toBe('bundle-refused');
    return (error as Error).message;
  }
}

/** The good bundle with one change. */
function changed(change: (bundle: Loose) => void): string {
  const bundle = JSON.parse(good) as Loose;
  change(bundle);
  return JSON.stringify(bundle);
}

const set = (object: Loose, name: string | number, value: unknown): void => {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
};

const CASES: readonly (readonly [string, (bundle: Loose) => void, RegExp])[] = [
  ['a level that there is not', (b) => set(b['lessons'][1]['keys'][0], 'level', 10), /lessons\[1\]\.keys\[0\]\.level is not between 0 and 9/],
  ['a level that is no whole number', (b) => set(b['lessons'][0]['keys'][0], 'level', 1.5), /lessons\[0\]\.keys\[0\]\.level is not a whole number/],
  ['a text for a number', (b) => set(b, 'threshold', '0.5'), /threshold is a text, not a number/],
  ['null for a list', (b) => set(b, 'lessons', null), /lessons is null, not a list/],
  ['a list for an object', (b) => set(b, 'rules', []), /rules is a list, not an object/],
  ['a lesson without keys', (b) => set(b['lessons'][0], 'keys', []), /lessons\[0\]\.keys is empty/],
  ['a key that is named twice', (b) => set(b['lessons'][1], 'keys', b['lessons'][0]['keys']), /lessons\[1\]\.keys\[0\] was named before/],
  ['a field that is missing', (b) => { delete (b['lessons'][0] as Partial<Loose>)['how']; }, /lessons\[0\] has no field “how”/],
  ['a field that is not known', (b) => set(b['lessons'][0], 'weight', 1e9), /lessons\[0\] has a field “weight” that is not known/],
  ['a prototype for a bundle', (b) => set(b, '__proto__', { threshold: 0 }), /has a field “__proto__”/],
  ['a prototype for a category', (b) => set(b['categories'][0], '__proto__', { problem: true }), /categories\[0\] has a field “__proto__”/],
  ['a constructor for a model', (b) => set(b['models'][0], 'constructor', { prototype: {} }), /models\[0\] has a field “constructor”/],
  ['a model twice', (b) => set(b, 'models', [b['models'][0], { ...(b['models'][0] as object), name: 'other' }]), /models\[1\] repeats the file/],
  ['a label that is too long', (b) => set(b['lessons'][0], 'label', 'x'.repeat(121)), /lessons\[0\]\.label is longer than 120 characters/],
  ['a label with a control character', (b) => set(b['lessons'][0], 'label', 'Err\u0007or'), /lessons\[0\]\.label holds characters that cannot be seen/],
  ['a label that reads backwards', (b) => set(b['lessons'][0], 'label', '\u202eError'), /lessons\[0\]\.label holds characters that cannot be seen/],
  ['a label of blanks', (b) => set(b['lessons'][0], 'label', '  '), /lessons\[0\]\.label is empty/],
  ['half a character', (b) => set(b['lessons'][0]['keys'][0], 'text', 'a\ud83d'), /lessons\[0\]\.keys\[0\]\.text holds half a character/],
  ['a category of the page’s own', (b) => set(b['categories'][0], 'name', 'critical error'), /categories\[0\]\.name is the name of a category that the page has itself/],
  ['a category twice', (b) => set(b['categories'][1], 'name', 'FRAUD'), /categories\[1\] repeats the name/],
  ['a colour that is none', (b) => set(b['categories'][0]['colour'], 'light', 'url(//x)'), /categories\[0\]\.colour\.light is not a colour/],
  ['an expression with look-behind', (b) => set(b['rules']['own'][0], 'pattern', '(?<=a)b'), /rules\.own\[0\] cannot be used: look-ahead and look-behind/],
  ['an expression with a back-reference', (b) => set(b['rules']['own'][0], 'pattern', '(a)\\1'), /rules\.own\[0\] cannot be used: back-references/],
  ['a bomb of repetitions', (b) => set(b['rules']['own'][0], 'pattern', '((a{1000}){1000}){1000}'), /rules\.own\[0\] cannot be used: it repeats too often/],
  ['the id of a built-in rule', (b) => set(b['rules']['own'][0], 'id', 'kernel-panic'), /rules\.own\[0\] cannot be used: its id is that of a built-in rule/],
  ['a split under another name', (b) => set(b['rules']['splits'][0]['part']['where'][0], 'value', 'other'), /rules\.splits\[0\]\.id does not belong to its part/],
  ['a model of other bytes', (b) => set(b['models'][0], 'onnx', 'CAgSAA=='), /models\[0\]\.onnx is not the file that its SHA-256 was taken of/],
  ['a model that is not base64', (b) => set(b['models'][0], 'onnx', 'CAcSAA='), /models\[0\]\.onnx is not base64/],
  ['a verdict that contradicts itself', (b) => set(b['verdicts'][0], 'by', 'model'), /verdicts\[0\] contradicts itself/],
  ['a person for a model', (b) => set(b['verdicts'][1], 'by', 'person'), /verdicts\[1\]\.by is not one of: model, llm, none/],
  ['a verdict twice', (b) => set(b['verdicts'][1], 'level', 0), /verdicts\[1\] repeats text and level/],
  ['a spot check better than perfect', (b) => set(b['spotCheck'], 'correct', 51), /spotCheck contradicts itself/],
  ['a time that is none', (b) => set(b, 'createdAt', 'yesterday'), /createdAt is not a time/],
  ['another masking', (b) => set(b, 'maskVersion', MASK_VERSION + 1), /made by another version of the masking/],
  ['another kind of file', (b) => set(b, 'format', 'winnow-report'), /format is not “winnow-bundle”/],
  ['a later version', (b) => set(b, 'version', 2), /version is one that this version of the page does not know/],
  ['more categories than there are codes', (b) => set(b, 'lessons', Array.from({ length: 260 }, (_, at) => ({ ...(b['lessons'][0] as object), label: `Category ${at}`, keys: [{ text: `${at}`, level: 0, http: 0, rule: null }] }))), /names more than 250 categories/],
];

describe('refused, with the place and the reason:', () => {
  test.each(CASES)('%s', async (_, change, reason) => {
    expect(await refusal(changed(change))).toMatch(reason);
  });

  test('a model that the inspector refuses, or where there is none', async () => {
    expect(await refusal(good, { inspect: () => Promise.reject(new Error('it points to a file outside.')) })).toMatch(/models\[0\]\.onnx cannot be used: it points to a file outside\.$/);
    expect(await refusal(good, {})).toMatch(/models\[0\] is a model, and models cannot be added here/);
  });

  test('what is not JSON, not a bundle, or not text', async () => {
    expect(await refusal('')).toMatch(/is not JSON/);
    expect(await refusal(good.slice(0, -20))).toMatch(/is not JSON, or was cut off/);
    expect(await refusal('[]')).toMatch(/not a bundle/);
    expect(await refusal('null')).toMatch(/not a bundle/);
    expect(await refusal('"winnow-bundle"')).toMatch(/not a bundle/);
    expect(await refusal(Uint8Array.of(0x22, 0xff, 0x22))).toMatch(/not text in UTF-8/);
  });

  test('depths, lengths and sizes that would stop the page, in little time', async () => {
    const start = performance.now();
    expect(await refusal('['.repeat(5_000_000))).toMatch(/within one another/);
    expect(await refusal('{"a":'.repeat(1_000_000))).toMatch(/within one another/);
    expect(await refusal(`[${'0,'.repeat(8_000_000)}0]`)).toMatch(/more than 3,000,000 values/);
    expect(await refusal(changed((b) => set(b['rules'], 'off', Array.from({ length: 10_001 }, (_, at) => `r-${at}`))))).toMatch(/rules\.off has more than 10,000 items/);
    expect(await refusal(changed((b) => set(b['rules']['own'][0], 'pattern', 'a'.repeat(5001))))).toMatch(/longer than 5,000 characters/);
    expect(await refusal(new Uint8Array(BUNDLE_BYTES_MAX + 1))).toMatch(/larger than 96 MiB/);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('and what is shown of a name in the file is short and visible', async () => {
    const said = await refusal(changed((b) => set(b, `\u202e${'x'.repeat(1000)}`, 1)));
    expect(said.length).toBeLessThan(200);
    expect(said).not.toContain('\u202e');
  });
});

test('nothing in a file reaches the prototype of anything', async () => {
  await refusal(good.replace('"threshold"', '"__proto__": {"polluted": true}, "threshold"'));
  await refusal(good.replace('"sha256"', '"__proto__": {"polluted": true}, "sha256"'));
  expect('polluted' in {}).toBe(false);
  const bundle: Bundle = await parseBundle(encoder.encode(good), PASS);
  expect(Object.getPrototypeOf(bundle)).toBe(Object.prototype);
});

describe('whatever is done to a good bundle, it is refused in words or taken whole:', () => {
  /** What a hostile hand would put somewhere. */
  const poison = fc.oneof(fc.constantFrom<unknown>(null, true, -1, 1e308, '', '__proto__', [], {}, [[[[[[]]]]]], 'x'.repeat(100_000), { __proto__: null, length: 5 }), fc.jsonValue({ maxDepth: 3 }));

  test('a value replaced, anywhere', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 7 }), poison, async (path, value) => {
      const text = changed((bundle) => {
        let at: Loose = bundle;
        for (const [depth, step] of path.entries()) {
          const names = Object.keys(at);
          if (names.length === 0) return;
          const name = names[step % names.length];
          if (depth === path.length - 1 || typeof at[name] !== 'object' || at[name] === null) return set(at, name, value);
          at = at[name];
        }
      });
      await whole(text);
    }), { numRuns: 600 });
  });

  test('bytes changed, cut out, doubled', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(), fc.nat(40), fc.uint8Array({ maxLength: 12 }), async (from, length, put) => {
      const bytes = encoder.encode(good);
      const at = from % bytes.length;
      await whole(Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + length)]));
    }), { numRuns: 400 });
  });

  /** Taken files can be written again, and then say the same. */
  async function whole(input: Uint8Array | string): Promise<void> {
    const bytes = typeof input === 'string' ? encoder.encode(input) : input;
    let bundle: Bundle;
    try {
      bundle = await parseBundle(bytes, PASS);
    } catch (error) {
      expect(failureCode(error)).toBe('bundle-refused');
      return;
    }
    const text = writeBundle(bundle);
    expect(writeBundle(await parseBundle(encoder.encode(text), PASS))).toBe(text);
  }
});
