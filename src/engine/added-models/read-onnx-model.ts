import { operatorRefusal } from './allowed-operators.ts';
import { classNames } from './class-names.ts';
import type { OnnxFile, OnnxPort } from './onnx-file.ts';
import { DATA_TYPE, readOnnxFile } from './onnx-file.ts';
import { MalformedFile } from './protobuf-reader.ts';
import { refuse } from './refuse.ts';
import { treeProblem } from './tree-check.ts';

/** What a dropped model says of itself, checked. */
export interface Inspected {
  /** File name. */
  readonly name: string;
  /** In the order of the probabilities. */
  readonly classes: readonly string[];
  /** Length of the vectors it takes. */
  readonly dims: number;
  readonly input: string;
  readonly output: string;
  /** Rows per call where the file fixes them; null: any number. */
  readonly fixedRows: number | null;
  /** EncoderInfo.id that it was trained for, where the file says so (files trained in the tab do); '' otherwise. */
  readonly encoder: string;
  /** What wrote the file, e.g. "skl2onnx"; for display. */
  readonly producer: string;
}

export interface InspectOptions {
  /** Length of the encoder's vectors. */
  readonly dims: number;
  /** Names of the classes where they come beside the file; they win over what stands in it. */
  readonly classes?: readonly string[];
}

export const MAX_MODEL_BYTES = 64 * 1024 * 1024;
const MAX_FIXED_ROWS = 1024;

/**
 * Reads an .onnx file that a person gave, without running it, and refuses what could not be run or believed.
 * @throws Failure 'model-refused', saying what to do
 */
export function readOnnxModel(bytes: Uint8Array, name: string, options: InspectOptions): Inspected {
  if (bytes.length > MAX_MODEL_BYTES) refuse(name, `it is larger than ${MAX_MODEL_BYTES / 1024 / 1024} MB. A forest with fewer or shallower trees (n_estimators, max_depth) is smaller and rarely worse.`);
  try {
    return inspect(bytes, name, options);
  } catch (error) {
    if (error instanceof MalformedFile) return refuse(name, `${whatItIs(bytes)} Export a classifier with skl2onnx and drop that one .onnx file.`);
    throw error;
  }
}

function inspect(bytes: Uint8Array, name: string, { dims, classes: beside }: InspectOptions): Inspected {
  const file = readOnnxFile(bytes);
  const external = [...file.tensors, ...file.nodes.flatMap((node) => [...node.attributes.values()].flatMap(({ tensors }) => tensors))].find((tensor) => tensor.external !== null);
  if (external !== undefined) refuse(name, `it keeps weights in another file (${JSON.stringify(external.external?.slice(0, 100))}), and no other file is read. Save it as one file: onnx.save(model, path, save_as_external_data=False).`);
  const problem = operatorRefusal(file);
  if (problem !== undefined) refuse(name, problem);
  const input = inputOf(file, name, dims);
  const output = outputOf(file, name);
  const [fixedRows] = input.shape ?? [-1];
  const trees = treeProblem(file, input.name, dims);
  if (trees !== undefined) refuse(name, `${trees}. Export it again.`);
  return {
    name, dims, input: input.name, output: output.name, fixedRows: fixedRows > 0 ? fixedRows : null,
    classes: classNames(file, name, output.shape?.[1] ?? -1, beside), encoder: file.metadata.get('encoder') ?? '', producer: file.producer,
  };
}

/** The one input that is no constant: float, [rows, dims]. */
function inputOf(file: OnnxFile, name: string, dims: number): OnnxPort {
  const constants = new Set(file.tensors.map((tensor) => tensor.name));
  const inputs = file.inputs.filter((port) => !constants.has(port.name));
  const wanted = `What is needed is one input of 32-bit floats, [None, ${dims}]: initial_types=[("features", FloatTensorType([None, ${dims}]))].`;
  if (inputs.length !== 1) refuse(name, `it has ${inputs.length} inputs. ${wanted}`);
  const [input] = inputs;
  if (input.kind !== 'tensor' || input.type !== DATA_TYPE.float) refuse(name, `its input is ${input.type === DATA_TYPE.string ? 'text' : input.type === DATA_TYPE.double ? '64-bit floats' : 'no 32-bit floats'}. ${wanted}`);
  const shape = input.shape ?? [];
  if (shape.length !== 2 || shape[1] !== dims) refuse(name, `its input is [${shape.map((axis) => (axis > 0 ? axis : 'None')).join(', ')}]. ${wanted} These are the sentence vectors of this page, nothing else can be put in.`);
  if (shape[0] > MAX_FIXED_ROWS) refuse(name, `it takes ${shape[0]} rows at a time. ${wanted}`);
  return input;
}

/** "probabilities", else the only output of floats. */
function outputOf(file: OnnxFile, name: string): OnnxPort {
  const floats = file.outputs.filter((port) => port.kind === 'tensor' && port.type === DATA_TYPE.float && (port.shape === null || port.shape.length === 2));
  const output = floats.find((port) => port.name === 'probabilities') ?? (floats.length === 1 ? floats[0] : undefined);
  return output ?? refuse(name, "it has no output of probabilities, 32-bit floats [None, number of classes]. Use a classifier with predict_proba, and export it with options={id(model): {'zipmap': False}}.");
}

function whatItIs(bytes: Uint8Array): string {
  const starts = (...wanted: readonly number[]): boolean => wanted.every((byte, at) => bytes[at] === byte);
  if (bytes.length === 0) return 'it is empty.';
  if (starts(0x80, 2) || starts(0x80, 3) || starts(0x80, 4) || starts(0x80, 5)) return 'it is a Python pickle, which could run any program, and is never opened.';
  if (starts(0x50, 0x4b)) return 'it is a ZIP archive.';
  if (starts(0x7b) || starts(0x5b)) return 'it is JSON.';
  return 'it is no ONNX file, or it is cut short.';
}
