import { littleEndian, ProtobufWriter } from './protobuf.ts';

/** Number formats, with their codes in TensorProto.DataType. */
const TYPES = { float: 1, int8: 3, int64: 7 } as const;
export type TensorType = keyof typeof TYPES;

/** An input or output. A text as an axis names one of any length. */
export interface Port {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly (number | string)[];
}

/** A constant of the graph; int64 values are given as BigInt64Array. */
export interface Constant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | Int8Array | BigInt64Array;
}

export type AttributeValue =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: ArrayLike<number> }
  | { readonly kind: 'floats'; readonly value: Float32Array }
  | { readonly kind: 'strings'; readonly value: readonly string[] };

/** One operator. Domain '' is ONNX itself, ML_DOMAIN its classic machine learning part. */
export interface Operator {
  readonly type: string;
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly constants: readonly Constant[];
  /** In the order in which they can run. */
  readonly operators: readonly Operator[];
  /** Names and values for whoever reads the file (ModelProto.metadata_props). */
  readonly metadata?: Metadata;
}

export type Metadata = readonly (readonly [name: string, value: string])[];

export const ML_DOMAIN = 'ai.onnx.ml';

/** Old enough for every runtime in use (ONNX 1.12, 2022), new enough for every operator used here. */
const IR_VERSION = 8;
const OPSET = 17;
const ML_OPSET = 3;

/** The bytes of an .onnx file. Field numbers: onnx/onnx.proto of the ONNX project. The same graph gives the same bytes. */
export function writeOnnx(graph: Graph): Uint8Array {
  const model = new ProtobufWriter().int(1, IR_VERSION).string(2, 'winnow').message(7, graphProto(graph)).message(8, opset('', OPSET));
  if (graph.operators.some((operator) => operator.domain === ML_DOMAIN)) model.message(8, opset(ML_DOMAIN, ML_OPSET));
  for (const [name, value] of graph.metadata ?? []) model.message(14, new ProtobufWriter().string(1, name).string(2, value));
  return model.finish();
}

function opset(domain: string, version: number): ProtobufWriter {
  return new ProtobufWriter().string(1, domain).int(2, version);
}

function graphProto(graph: Graph): ProtobufWriter {
  const out = new ProtobufWriter();
  graph.operators.forEach((operator, i) => out.message(1, nodeProto(operator, i)));
  out.string(2, graph.name);
  for (const constant of graph.constants) out.message(5, tensorProto(constant));
  for (const port of graph.inputs) out.message(11, valueInfoProto(port));
  for (const port of graph.outputs) out.message(12, valueInfoProto(port));
  return out;
}

function nodeProto(operator: Operator, index: number): ProtobufWriter {
  const out = new ProtobufWriter();
  for (const name of operator.inputs) out.string(1, name);
  for (const name of operator.outputs) out.string(2, name);
  out.string(3, `${operator.type}_${index}`).string(4, operator.type);
  for (const [name, value] of Object.entries(operator.attributes ?? {})) out.message(5, attributeProto(name, value));
  if (operator.domain) out.string(7, operator.domain);
  return out;
}

function attributeProto(name: string, attribute: AttributeValue): ProtobufWriter {
  const out = new ProtobufWriter().string(1, name);
  if (attribute.kind === 'int') return out.int(3, attribute.value).int(20, 2);
  if (attribute.kind === 'string') return out.string(4, attribute.value).int(20, 3);
  if (attribute.kind === 'floats') return out.floats(7, attribute.value).int(20, 6);
  if (attribute.kind === 'ints') return out.ints(8, attribute.value).int(20, 7);
  for (const text of attribute.value) out.string(9, text);
  return out.int(20, 8);
}

function tensorProto(constant: Constant): ProtobufWriter {
  const size = constant.dims.reduce((a, b) => a * b, 1);
  if (size !== constant.data.length) throw new RangeError(`${constant.name}: ${constant.data.length} values for ${constant.dims.join(' × ')}`);
  return new ProtobufWriter().ints(1, constant.dims).int(2, TYPES[typeOf(constant.data)]).string(8, constant.name).bytes(9, littleEndian(constant.data));
}

function typeOf(data: Constant['data']): TensorType {
  if (data instanceof Float32Array) return 'float';
  return data instanceof Int8Array ? 'int8' : 'int64';
}

function valueInfoProto(port: Port): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const axis of port.shape) shape.message(1, typeof axis === 'number' ? new ProtobufWriter().int(1, axis) : new ProtobufWriter().string(2, axis));
  const tensor = new ProtobufWriter().int(1, TYPES[port.type]).message(2, shape);
  return new ProtobufWriter().string(1, port.name).message(2, new ProtobufWriter().message(1, tensor));
}
