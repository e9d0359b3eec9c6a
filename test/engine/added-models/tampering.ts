import type { Graph } from '../../../src/engine/train/onnx-writer.ts';
import { writeOnnx } from '../../../src/engine/train/onnx-writer.ts';
import { DIMS } from './fixtures.ts';

export const NAMES = ['Error', 'User Action', 'Own'];

/** A sound little model, to be spoilt: softmax of a product, names in the metadata. */
export function soundGraph(names: readonly string[] = NAMES): Graph {
  return {
    name: 'sound',
    inputs: [{ name: 'features', type: 'float', shape: ['n', DIMS] }],
    outputs: [{ name: 'probabilities', type: 'float', shape: ['n', names.length] }],
    constants: [{ name: 'weights', dims: [DIMS, names.length], data: Float32Array.from({ length: DIMS * names.length }, (_, at) => Math.sin(at)) }],
    operators: [
      { type: 'MatMul', inputs: ['features', 'weights'], outputs: ['sums'] },
      { type: 'Softmax', inputs: ['sums'], outputs: ['probabilities'], attributes: { axis: { kind: 'int', value: -1 } } },
    ],
    metadata: [['classes', JSON.stringify(names)]],
  };
}

export function spoilt(change: Partial<Graph>): Uint8Array {
  return writeOnnx({ ...soundGraph(), ...change });
}

interface TreeNode {
  readonly feature: number;
  /** Numbers of the children; none for a leaf. */
  readonly children?: readonly [number, number];
}

/** One decision tree of three nodes, or of what is given. Its second leaf votes for class 1. */
export function treeModel(nodes: readonly TreeNode[] = [{ feature: 3, children: [1, 2] }, { feature: 0 }, { feature: 0 }], votes: readonly (readonly [node: number, label: number])[] = [[1, 0], [2, 1]]): Uint8Array {
  const ints = (value: readonly number[]): { kind: 'ints'; value: readonly number[] } => ({ kind: 'ints', value });
  return spoilt({
    constants: [],
    metadata: [],
    outputs: [{ name: 'probabilities', type: 'float', shape: ['n', 2] }],
    operators: [{
      type: 'TreeEnsembleClassifier', domain: 'ai.onnx.ml', inputs: ['features'], outputs: ['label', 'probabilities'],
      attributes: {
        nodes_treeids: ints(nodes.map(() => 0)), nodes_nodeids: ints(nodes.map((_, id) => id)), nodes_featureids: ints(nodes.map(({ feature }) => feature)),
        nodes_modes: { kind: 'strings', value: nodes.map(({ children }) => (children ? 'BRANCH_LEQ' : 'LEAF')) },
        nodes_values: { kind: 'floats', value: new Float32Array(nodes.length) },
        nodes_truenodeids: ints(nodes.map(({ children }) => children?.[0] ?? 0)), nodes_falsenodeids: ints(nodes.map(({ children }) => children?.[1] ?? 0)),
        class_treeids: ints(votes.map(() => 0)), class_nodeids: ints(votes.map(([node]) => node)), class_ids: ints(votes.map(([, label]) => label)),
        class_weights: { kind: 'floats', value: new Float32Array(votes.length).fill(1) },
        classlabels_strings: { kind: 'strings', value: ['no', 'yes'] }, post_transform: { kind: 'string', value: 'NONE' },
      },
    }],
  });
}
