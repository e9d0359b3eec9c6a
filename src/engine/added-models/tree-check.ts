import type { OnnxFile, OnnxNode } from './onnx-file.ts';
import { intsOf, textsOf } from './onnx-file.ts';

const MOST_TREE_NODES = 1_000_000;
/** Numbers of trees and nodes lie below this, so that both fit one key. */
const KEYS = 2 ** 26;

/**
 * What is wrong with the trees of a model, undefined where nothing is. The runtime follows node numbers without asking: a
 * child that does not exist or lies above its parent would make it read elsewhere, or go round for ever.
 */
export function treeProblem(file: OnnxFile, input: string, dims: number): string | undefined {
  for (const node of file.nodes) {
    if (!node.type.startsWith('TreeEnsemble')) continue;
    // What is fed by another operator may have more columns than the input.
    const problem = problemOf(node, node.inputs[0] === input ? dims : Infinity);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

interface Trees {
  readonly tree: readonly number[];
  readonly id: readonly number[];
  readonly yes: readonly number[];
  readonly no: readonly number[];
  readonly leaf: readonly boolean[];
}

function problemOf(node: OnnxNode, dims: number): string | undefined {
  const ints = (attribute: string): number[] => intsOf(node, attribute, MOST_TREE_NODES);
  const trees: Trees = {
    tree: ints('nodes_treeids'), id: ints('nodes_nodeids'), yes: ints('nodes_truenodeids'), no: ints('nodes_falsenodeids'),
    leaf: textsOf(node, 'nodes_modes', MOST_TREE_NODES).map((mode) => mode === 'LEAF'),
  };
  const feature = ints('nodes_featureids');
  const count = trees.tree.length;
  if (count === 0 || [trees.id, trees.yes, trees.no, trees.leaf, feature].some((list) => list.length !== count)) return 'the lists of its trees have different lengths';
  if (feature.some((column, at) => !trees.leaf[at] && !(column >= 0 && column < dims))) return `its trees ask for a number beyond the ${dims} of a vector`;
  return walk(trees) ?? targetProblem(node, trees, ints);
}

/** Tree and number within the tree in one number; NaN, which equals nothing, where a number is out of bounds. */
function keyOf(tree: number, id: number): number {
  return tree >= 0 && tree < KEYS && id >= 0 && id < KEYS ? tree * KEYS + id : NaN;
}

/** From each tree's root, its first node, one way leads to every node. */
function walk({ tree, id, yes, no, leaf }: Trees): string | undefined {
  const place = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0, begun = new Set<number>(); at < tree.length; at += 1) {
    place.set(keyOf(tree[at], id[at]), at);
    if (!begun.has(tree[at])) open.push(at);
    begun.add(tree[at]);
  }
  if (place.size !== tree.length || place.has(NaN)) return 'two nodes of its trees have one number, or none';
  const reached = new Uint8Array(tree.length);
  for (const root of open) reached[root] = 1;
  let count = open.length;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (leaf[at]) continue;
    for (const child of [yes[at], no[at]]) {
      const to = place.get(keyOf(tree[at], child));
      if (to === undefined) return 'a branch of its trees leads nowhere';
      if (reached[to] === 1) return 'its trees go round in circles';
      reached[to] = 1;
      count += 1;
      open.push(to);
    }
  }
  return count === tree.length ? undefined : 'some nodes of its trees hang in the air';
}

/** The entries that say what a leaf votes for. */
function targetProblem(node: OnnxNode, { tree, id }: Trees, ints: (attribute: string) => number[]): string | undefined {
  const kind = node.type === 'TreeEnsembleClassifier' ? 'class' : 'target';
  const [trees, nodes, ids] = [ints(`${kind}_treeids`), ints(`${kind}_nodeids`), ints(`${kind}_ids`)];
  if (trees.length !== nodes.length || trees.length !== ids.length) return 'the lists of its leaves have different lengths';
  const known = new Set(tree.map((each, at) => keyOf(each, id[at])));
  if (trees.some((each, at) => !known.has(keyOf(each, nodes[at])))) return 'it names leaves that are not in its trees';
  const labels = Math.max(textsOf(node, 'classlabels_strings', MOST_TREE_NODES).length, ints('classlabels_int64s').length);
  if (kind === 'class' && ids.some((label) => !(label >= 0 && label < labels))) return 'its leaves vote for classes that it does not name';
  return undefined;
}
