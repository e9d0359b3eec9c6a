import { MalformedFile, ProtobufReader } from './protobuf-reader.ts';

/** TensorProto.DataType */
export const DATA_TYPE = { float: 1, int64: 7, string: 8, double: 11 } as const;

/** An input or output of the graph. */
export interface OnnxPort {
  readonly name: string;
  readonly kind: 'tensor' | 'other';
  /** DATA_TYPE; 0 where it is not said. */
  readonly type: number;
  /** Length of each axis, −1 where it is free; null where the shape is not said. */
  readonly shape: readonly number[] | null;
}

export interface OnnxAttribute {
  readonly name: string;
  /** Holds a graph of its own: control flow. */
  readonly hasGraph: boolean;
  readonly tensors: readonly OnnxTensor[];
  /** Its message: lists in it, which may be long, are read when they are asked for. */
  readonly body: Uint8Array;
}

export interface OnnxNode {
  readonly type: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly type: number;
  readonly dims: readonly number[];
  /** Where the values are said to lie in another file: its path; null where they are in this one. */
  readonly external: string | null;
  readonly strings: readonly string[];
}

export interface OnnxFile {
  readonly producer: string;
  readonly domains: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Functions or training steps of its own. */
  readonly hasMore: boolean;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
}

/** What one file may hold, far above what converters write. (A forest is one operator with long lists.) */
const MOST = { nodes: 5000, tensors: 5000, ports: 100, metadata: 100, attributes: 200, strings: 1000, dims: 16, nameBytes: 2000, metadataBytes: 1_000_000 };

/** Reads what an .onnx file says of itself, all weights left where they are. @throws MalformedFile */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  const file = { producer: '', domains: [] as string[], metadata: new Map<string, string>(), hasMore: false };
  let graph: Pick<OnnxFile, 'nodes' | 'tensors' | 'inputs' | 'outputs'> | undefined;
  let version = 0;
  for (const r = new ProtobufReader(bytes); r.next();) {
    if (r.field === 1) version = r.int();
    else if (r.field === 2) file.producer = shortText(r);
    else if (r.field === 7) {
      if (graph !== undefined) throw new MalformedFile('two graphs');
      graph = readGraph(r.message());
    } else if (r.field === 8) add(file.domains, readFirstText(r.message()), MOST.ports);
    else if (r.field === 14) readEntry(r.message(), file.metadata);
    else if (r.field === 20 || r.field === 25) file.hasMore = true;
  }
  if (graph === undefined || !(version >= 1 && version < 1000) || file.domains.length === 0) throw new MalformedFile('no graph');
  return { ...file, ...graph };
}

function readGraph(r: ProtobufReader): Pick<OnnxFile, 'nodes' | 'tensors' | 'inputs' | 'outputs'> {
  const graph = { nodes: [] as OnnxNode[], tensors: [] as OnnxTensor[], inputs: [] as OnnxPort[], outputs: [] as OnnxPort[] };
  while (r.next()) {
    if (r.field === 1) add(graph.nodes, readNode(r.message()), MOST.nodes);
    else if (r.field === 5) add(graph.tensors, readTensor(r.message()), MOST.tensors);
    else if (r.field === 11) add(graph.inputs, readPort(r.message()), MOST.ports);
    else if (r.field === 12) add(graph.outputs, readPort(r.message()), MOST.ports);
    // A sparse constant: none of the converters writes one.
    else if (r.field === 15) throw new MalformedFile('a sparse constant');
  }
  return graph;
}

function readNode(r: ProtobufReader): OnnxNode {
  const node = { type: '', domain: '', inputs: [] as string[], outputs: [] as string[], attributes: new Map<string, OnnxAttribute>() };
  while (r.next()) {
    if (r.field === 1) add(node.inputs, shortText(r), MOST.nodes);
    else if (r.field === 2) add(node.outputs, shortText(r), MOST.nodes);
    else if (r.field === 4) node.type = shortText(r);
    else if (r.field === 7) node.domain = shortText(r);
    else if (r.field === 5) {
      const attribute = readAttribute(r.view());
      if (node.attributes.size >= MOST.attributes || node.attributes.has(attribute.name)) throw new MalformedFile('attributes');
      node.attributes.set(attribute.name, attribute);
    }
  }
  return node;
}

function readAttribute(body: Uint8Array): OnnxAttribute {
  const attribute = { name: '', hasGraph: false, tensors: [] as OnnxTensor[], body };
  for (const r = new ProtobufReader(body); r.next();) {
    if (r.field === 1) attribute.name = shortText(r);
    else if (r.field === 5 || r.field === 10) add(attribute.tensors, readTensor(r.message()), MOST.tensors);
    else if (r.field === 6 || r.field === 11) attribute.hasGraph = true;
    else if (r.field === 22 || r.field === 23) throw new MalformedFile('a sparse constant');
  }
  return attribute;
}

/** An attribute's whole numbers; none where the node has no such attribute. @throws MalformedFile beyond `most` */
export function intsOf(node: OnnxNode, attribute: string, most: number): number[] {
  const ints: number[] = [];
  const body = node.attributes.get(attribute)?.body;
  if (body !== undefined) for (const r = new ProtobufReader(body); r.next();) if (r.field === 8) r.ints(ints, most);
  return ints;
}

/** An attribute's texts. @throws MalformedFile beyond `most` */
export function textsOf(node: OnnxNode, attribute: string, most: number): string[] {
  const texts: string[] = [];
  const body = node.attributes.get(attribute)?.body;
  if (body !== undefined) for (const r = new ProtobufReader(body); r.next();) if (r.field === 9) add(texts, shortText(r), most);
  return texts;
}

function readTensor(r: ProtobufReader): OnnxTensor {
  const tensor = { name: '', type: 0, dims: [] as number[], external: null as string | null, strings: [] as string[] };
  while (r.next()) {
    if (r.field === 1) r.ints(tensor.dims, MOST.dims);
    else if (r.field === 2) tensor.type = r.int();
    else if (r.field === 6) add(tensor.strings, shortText(r), MOST.strings);
    else if (r.field === 8) tensor.name = shortText(r);
    else if (r.field === 13) {
      const entry = new Map<string, string>();
      readEntry(r.message(), entry);
      tensor.external = entry.get('location') ?? tensor.external ?? '';
    } else if (r.field === 14 && r.int() !== 0) tensor.external ??= '';
  }
  return tensor;
}

/** ValueInfoProto → TypeProto → Tensor → shape. */
function readPort(r: ProtobufReader): OnnxPort {
  let port: OnnxPort = { name: '', kind: 'other', type: 0, shape: null };
  while (r.next()) {
    if (r.field === 1) port = { ...port, name: shortText(r) };
    else if (r.field === 2) {
      for (const type = r.message(); type.next();) if (type.field === 1) port = { ...port, kind: 'tensor', ...readTensorType(type.message()) };
    }
  }
  return port;
}

function readTensorType(r: ProtobufReader): { type: number; shape: readonly number[] | null } {
  let type = 0;
  let shape: number[] | null = null;
  while (r.next()) {
    if (r.field === 1) type = r.int();
    else if (r.field === 2) {
      shape = [];
      for (const axes = r.message(); axes.next();) if (axes.field === 1) add(shape, readAxis(axes.message()), MOST.dims);
    }
  }
  return { type, shape };
}

function readAxis(r: ProtobufReader): number {
  let length = -1;
  while (r.next()) if (r.field === 1) length = r.int();
  return length;
}

function readEntry(r: ProtobufReader, into: Map<string, string>): void {
  let [key, value] = ['', ''];
  while (r.next()) {
    if (r.field === 1) key = shortText(r);
    else if (r.field === 2) {
      if (r.length > MOST.metadataBytes) throw new MalformedFile('long metadata');
      value = r.text();
    }
  }
  if (into.size >= MOST.metadata) throw new MalformedFile('much metadata');
  into.set(key, value);
}

function readFirstText(r: ProtobufReader): string {
  let text = '';
  while (r.next()) if (r.field === 1) text = shortText(r);
  return text;
}

function shortText(r: ProtobufReader): string {
  if (r.length > MOST.nameBytes) throw new MalformedFile('a long name');
  return r.text();
}

function add<T>(list: T[], item: T, most: number): void {
  if (list.length >= most) throw new MalformedFile(`more than ${most}`);
  list.push(item);
}
