import { describe, expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import { MAX_MODEL_BYTES, readOnnxModel } from '../../../src/engine/added-models/read-onnx-model.ts';
import { writeOnnx } from '../../../src/engine/train/onnx-writer.ts';
import { ProtobufWriter } from '../../../src/engine/train/protobuf.ts';
import { DIMS, modelFile } from './fixtures.ts';
import { NAMES, soundGraph, spoilt, treeModel } from './tampering.ts';

const read = (bytes: Uint8Array, classes?: readonly string[]): ReturnType<typeof readOnnxModel> => readOnnxModel(bytes, 'mine.onnx', { dims: DIMS, classes });

function refusal(bytes: Uint8Array, classes?: readonly string[]): string {
  try {
    read(bytes, classes);
  } catch (error) {
    expect(failureCode(error)).toBe('model-refused');
    return (error as Error).message;
  }
  throw new Error('it was let in');
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const sound = (): Uint8Array => writeOnnx(soundGraph());
/** Fields written after the model's own, as protobuf allows. */
const with_ = (more: ProtobufWriter): Uint8Array => joined(sound(), more.finish());

test('a sound one is let in', () => {
  expect(read(sound())).toMatchObject({ classes: NAMES, dims: DIMS, encoder: '', fixedRows: null });
  expect(read(treeModel())).toMatchObject({ classes: ['no', 'yes'] });
});

describe('files of another kind', () => {
  test.each([
    ['nothing', new Uint8Array(0), 'is empty'],
    ['a pickle', Uint8Array.of(0x80, 4, 0x95, 1, 2), 'pickle'],
    ['a ZIP', Uint8Array.of(0x50, 0x4b, 3, 4), 'ZIP'],
    ['JSON', new TextEncoder().encode('{"classes":[]}'), 'JSON'],
    ['text', new TextEncoder().encode('2025-01-01 ERROR something happened\n'), 'no ONNX file'],
    ['zeros', new Uint8Array(5000), 'no ONNX file'],
    ['a model without a graph', new ProtobufWriter().int(1, 8).message(8, new ProtobufWriter().int(2, 17)).finish(), 'no ONNX file'],
  ])('%s', (_, bytes, reason) => expect(refusal(bytes)).toContain(reason));

  test('far too large', () => expect(refusal(new Uint8Array(MAX_MODEL_BYTES + 1))).toContain('64 MB'));
});

describe('what converters make that cannot be used', () => {
  test('ZipMap, naming the option', () => expect(refusal(modelFile('zipmap'))).toContain("{'zipmap': False}"));
  test('external data, naming the path', () => expect(refusal(modelFile('external-data'))).toContain('"../../etc/passwd"'));
  test('64-bit input', () => expect(refusal(modelFile('double-input'))).toMatch(/64-bit floats.*FloatTensorType\(\[None, 384\]\)/));
  test('classes that are numbers', () => expect(refusal(modelFile('integer-labels'))).toMatch(/are numbers.*set_model_props/));
  test('but not where their names come beside the file', () => {
    expect(read(modelFile('integer-labels'), ['a', 'b', 'c', 'd', 'e']).classes).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(refusal(modelFile('integer-labels'), ['a', 'b'])).toContain('5 probabilities, but 2 names');
  });
});

describe('shapes', () => {
  const port = (shape: readonly (number | string)[], type: 'float' | 'int64' = 'float'): { name: string; type: typeof type; shape: typeof shape } => ({ name: 'features', type, shape });
  test.each([
    ['other vectors', spoilt({ inputs: [port(['n', 768])] }), '[None, 768]'],
    ['one axis', spoilt({ inputs: [port([DIMS])] }), '[384]'],
    ['whole numbers', spoilt({ inputs: [port(['n', DIMS], 'int64')] }), 'no 32-bit floats'],
    ['no input', spoilt({ inputs: [] }), '0 inputs'],
    ['two inputs', spoilt({ inputs: [port(['n', DIMS]), { ...port(['n', DIMS]), name: 'more' }] }), '2 inputs'],
    ['a million rows at a time', spoilt({ inputs: [port([1_000_000, DIMS])] }), '1000000 rows'],
    ['no output', spoilt({ outputs: [] }), 'no output of probabilities'],
    ['labels only', spoilt({ outputs: [{ name: 'label', type: 'int64', shape: ['n'] }] }), 'no output of probabilities'],
    ['more probabilities than names', spoilt({ outputs: [{ name: 'probabilities', type: 'float', shape: ['n', 4] }] }), '4 probabilities, but 3 names'],
  ])('%s', (_, bytes, reason) => expect(refusal(bytes)).toContain(reason));
});

describe('names of classes', () => {
  const named = (names: unknown): Uint8Array => spoilt({ metadata: [['classes', typeof names === 'string' ? names : JSON.stringify(names)]], outputs: [{ name: 'probabilities', type: 'float', shape: ['n', 'C'] }] });
  test.each([
    ['none', spoilt({ metadata: [] }), 'does not say what its classes are called'],
    ['not JSON', named('Error, Own'), 'not a JSON list'],
    ['an object', named({ __proto__: ['a', 'b'], length: 2 }), 'not a JSON list'],
    ['numbers in it', named(['a', 1]), 'not a JSON list'],
    ['one', named(['a']), 'fewer than two'],
    ['201', named(Array.from({ length: 201 }, (_, i) => `c${i}`)), 'at most 200'],
    ['a million', named(Array.from({ length: 100_000 }, (_, i) => i.toString(36))), 'at most 200'],
    ['the same twice', named(['Error', 'Own', 'Error']), 'two of its classes are called "Error"'],
    ['blank', named(['Error', ' ']), 'cannot be the name'],
    ['a line break', named(['Error', 'a\nb']), 'cannot be the name'],
    ['very long', named(['Error', 'x'.repeat(101)]), 'cannot be the name'],
  ])('%s', (_, bytes, reason) => expect(refusal(bytes)).toContain(reason));

  test('words that mean something to JavaScript are names like any other', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    expect(read(named(names)).classes).toEqual(names);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('operators', () => {
  const one = (type: string, domain = ''): Uint8Array => spoilt({ operators: [{ type, domain, inputs: ['features'], outputs: ['probabilities'] }] });
  test.each([
    ['of another maker', one('Attention', 'com.microsoft'), 'com.microsoft'],
    ['that draw lots', one('RandomNormalLike'), 'RandomNormalLike'],
    ['that are made up', one('Reboot'), 'Reboot'],
    ['of nearest neighbours', one('Scan'), 'nearest neighbours do not'],
    ['functions', with_(new ProtobufWriter().message(25, new ProtobufWriter().string(1, 'f'))), 'functions of its own'],
    ['training steps', with_(new ProtobufWriter().message(20, new ProtobufWriter())), 'functions of its own'],
    ['another domain in the list', with_(new ProtobufWriter().message(8, new ProtobufWriter().string(1, 'org.pytorch.aten').int(2, 1))), 'org.pytorch.aten'],
    ['two graphs', with_(new ProtobufWriter().message(7, new ProtobufWriter())), 'no ONNX file'],
    ['too many', spoilt({ operators: Array.from({ length: 6000 }, (_, i) => ({ type: 'Identity', inputs: [`v${i}`], outputs: [`v${i + 1}`] })) }), 'no ONNX file'],
  ])('%s', (_, bytes, reason) => expect(refusal(bytes)).toContain(reason));

  test('a graph inside an operator, whatever the operator is called', () => {
    const node = new ProtobufWriter().string(4, 'Identity').message(5, new ProtobufWriter().string(1, 'body').message(6, new ProtobufWriter()));
    const graph = new ProtobufWriter().message(1, node);
    const bytes = new ProtobufWriter().int(1, 8).message(7, graph).message(8, new ProtobufWriter().int(2, 17)).finish();
    expect(refusal(bytes)).toContain('Identity');
  });
});

describe('trees', () => {
  const leaf = { feature: 0 };
  test.each([
    ['a child above its parent', treeModel([{ feature: 1, children: [1, 2] }, { feature: 1, children: [0, 2] }, leaf]), 'circles'],
    ['a node that is its own child', treeModel([{ feature: 1, children: [0, 1] }, leaf, leaf]), 'circles'],
    ['a circle apart from the root', treeModel([{ feature: 1, children: [1, 2] }, leaf, leaf, { feature: 1, children: [4, 5] }, { feature: 1, children: [3, 6] }, leaf, leaf]), 'hang in the air'],
    ['a child that is not there', treeModel([{ feature: 1, children: [1, 999] }, leaf, leaf]), 'leads nowhere'],
    ['a column beyond the vector', treeModel([{ feature: DIMS, children: [1, 2] }, leaf, leaf]), 'beyond the 384'],
    ['a column before it', treeModel([{ feature: -5, children: [1, 2] }, leaf, leaf]), 'beyond the 384'],
    ['a leaf that is not there', treeModel(undefined, [[1, 0], [77, 1]]), 'not in its trees'],
    ['a class that is not there', treeModel(undefined, [[1, 0], [2, 9]]), 'does not name'],
    ['no nodes', treeModel([], []), 'different lengths'],
  ])('%s', (_, bytes, reason) => expect(refusal(bytes)).toContain(reason));
});

test('external data are found in an attribute, too, and where only the path gives them away', () => {
  const entry = new ProtobufWriter().string(1, 'location').string(2, '/etc/shadow');
  const tensor = new ProtobufWriter().int(2, 1).message(13, entry);
  const node = new ProtobufWriter().string(4, 'Constant').message(5, new ProtobufWriter().string(1, 'value').message(5, tensor));
  expect(refusal(new ProtobufWriter().int(1, 8).message(7, new ProtobufWriter().message(1, node)).message(8, new ProtobufWriter().int(2, 17)).finish())).toContain('/etc/shadow');
});
