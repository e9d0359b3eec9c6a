import { UNSEEN } from '../../contract/unseen.ts';
import type { OnnxFile } from './onnx-file.ts';
import { DATA_TYPE, intsOf, textsOf } from './onnx-file.ts';
import { refuse } from './refuse.ts';

/** As many as a byte has room for, beside what the page knows itself. */
export const MAX_CLASSES = 200;
const LONGEST = 100;

const SAY_NAMES = 'Train with names as labels (y = ["Error", …]), or put the list of names into the file: '
  + 'onnx.helper.set_model_props(onx, {"classes": json.dumps(names)}), in the order of model.classes_.';

/**
 * Names of the classes, in the order of the probabilities: those said beside the file, else those in its metadata_props
 * "classes" (a JSON list), else the text labels in its operators.
 * @param width length of the probabilities' axis, −1 if the file does not say @throws Failure 'model-refused'
 */
export function classNames(file: OnnxFile, name: string, width: number, beside: readonly string[] | undefined): readonly string[] {
  const names = beside ?? namesInMetadata(file, name) ?? namesInOperators(file, name, width);
  if (width >= 0 && names.length !== width) refuse(name, `it gives ${width} probabilities, but ${names.length} names of classes. ${SAY_NAMES}`);
  if (names.length < 2) refuse(name, 'it knows fewer than two classes, so there is nothing to choose between.');
  if (names.length > MAX_CLASSES) refuse(name, `it knows ${names.length} classes; at most ${MAX_CLASSES} can be shown.`);
  const odd = names.find((each) => each.trim() === '' || each.length > LONGEST || UNSEEN.test(each));
  if (odd !== undefined) refuse(name, `${JSON.stringify(odd.slice(0, 40))} cannot be the name of a class: 1 to ${LONGEST} characters, all of which can be seen. ${SAY_NAMES}`);
  const twice = names.find((each, at) => names.indexOf(each) !== at);
  if (twice !== undefined) refuse(name, `two of its classes are called "${twice}". ${SAY_NAMES}`);
  return names;
}

function namesInMetadata(file: OnnxFile, name: string): readonly string[] | undefined {
  const text = file.metadata.get('classes');
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  return refuse(name, `its metadata "classes" is not a JSON list of names. ${SAY_NAMES}`);
}

/** Text labels of classifiers, and constants that labels are picked from; a pipeline may repeat them. */
function namesInOperators(file: OnnxFile, name: string, width: number): readonly string[] {
  const lists = new Map<string, readonly string[]>();
  const offer = (names: readonly string[]): void => {
    if (names.length > 0 && (width < 0 || names.length === width)) lists.set(JSON.stringify(names), names);
  };
  const constants = new Map(file.tensors.filter(({ type }) => type === DATA_TYPE.string).map((tensor) => [tensor.name, tensor.strings]));
  let numbered = false;
  for (const node of file.nodes) {
    // One too many shows that there are too many.
    offer(textsOf(node, 'classlabels_strings', 1000));
    if (node.type === 'ArrayFeatureExtractor') offer(constants.get(node.inputs[0]) ?? []);
    numbered ||= intsOf(node, 'classlabels_ints', 1_000_000).length > 0 || intsOf(node, 'classlabels_int64s', 1_000_000).length > 0;
  }
  const [names, other] = [...lists.values()];
  if (other !== undefined) refuse(name, `it holds more than one list of class names. ${SAY_NAMES}`);
  if (names !== undefined) return names;
  return refuse(name, numbered ? `its classes are numbers, and it does not say what they are called. ${SAY_NAMES}` : `it does not say what its classes are called. ${SAY_NAMES}`);
}
