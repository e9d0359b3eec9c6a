import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectModels } from '../../src/session/added-files.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'added-models');
const model = (name: string): File => new File([readFileSync(join(FIXTURES, name))], name);
const json = (text: string, name = 'names.json'): File => new File([text], name);
const refusal = async (files: readonly File[]): Promise<string> => {
  const error: unknown = await inspectModels(files, async () => 'wasm-1').then(() => new Error('it was not refused'), (reason: unknown) => reason);
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
};

describe('files that a person chose', () => {
  test('names of classes come from the file, or from a list beside it', async () => {
    const [read] = await inspectModels([model('logistic-regression.onnx')], async () => 'wasm-1');
    expect([read.name, read.producer]).toEqual(['logistic-regression', 'skl2onnx']);
    const names = read.classes.map((name) => `my ${name}`);
    for (const text of [JSON.stringify(names), JSON.stringify({ version: 1, classes: names })]) {
      expect((await inspectModels([json(text), model('logistic-regression.onnx')], async () => 'wasm-1'))[0].classes).toEqual(names);
    }
  });

  test.each([
    ['no model', [json('["a"]')], /^model-refused: There is no \.onnx/],
    ['two lists', [model('logistic-regression.onnx'), json('["a"]', 'a.json'), json('["b"]', 'b.json')], /Several lists/],
    ['a list that is none', [model('logistic-regression.onnx'), json('{"classes": [1]}')], /no list of class names/],
    ['no JSON', [model('logistic-regression.onnx'), json('a, b')], /no list of class names/],
    ['a long list', [model('logistic-regression.onnx'), json(`"${'x'.repeat(2 << 20)}"`)], /no list of class names/],
    ['too few names', [model('logistic-regression.onnx'), json('["a", "b"]')], /^model-refused: .*2 names/],
    ['another encoder', [withEncoder('wasm-2')], /^model-refused: .*another encoder.*wasm-2.*wasm-1/],
  ])('%s', async (_, files, reason) => expect(await refusal(files)).toMatch(reason));

  test('the same encoder is fine', async () => expect(await refusal([withEncoder('wasm-1')])).toContain('it was not refused'));
});

/** The fixture with a note of the encoder that it needs: one more entry of metadata_props (field 14) at the end. */
function withEncoder(id: string): File {
  const field = (number: number, text: Uint8Array): Uint8Array => Uint8Array.of((number << 3) | 2, text.length, ...text);
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const entry = field(14, Uint8Array.of(...field(1, text('encoder')), ...field(2, text(id))));
  return new File([readFileSync(join(FIXTURES, 'logistic-regression.onnx')), entry as Uint8Array<ArrayBuffer>], 'noted.onnx');
}
