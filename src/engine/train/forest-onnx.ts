import { featuresPort, probabilitiesPort } from './classifier-ports.ts';
import type { AttributeValue, Metadata } from './onnx-writer.ts';
import { ML_DOMAIN, writeOnnx } from './onnx-writer.ts';
import type { ForestModel } from './random-forest.ts';

/** `features` float [n, d] → `probabilities` float [n, C], by ai.onnx.ml's TreeEnsembleClassifier; its label output is not asked for. */
export function forestToOnnx(model: ForestModel, metadata?: Metadata): Uint8Array {
  return writeOnnx({
    name: 'random-forest',
    inputs: [featuresPort(model.features)],
    outputs: [probabilitiesPort(model.classes)],
    metadata,
    constants: [],
    operators: [{
      type: 'TreeEnsembleClassifier', domain: ML_DOMAIN, inputs: ['features'], outputs: ['label', 'probabilities'],
      attributes: { ...nodeAttributes(model), ...leafAttributes(model), post_transform: { kind: 'string', value: 'NONE' }, classlabels_int64s: ints(Array.from({ length: model.classes }, (_, c) => c)) },
    }],
  });
}

function nodeAttributes(model: ForestModel): Record<string, AttributeValue> {
  const { trees, ids } = addresses(model);
  const isLeaf = Array.from(model.feature, (feature) => feature < 0);
  // Children are named within their tree; a leaf's are never looked at.
  const child = (nodes: Int32Array): AttributeValue => ints(Int32Array.from(nodes, (node) => (node < 0 ? 0 : ids[node])));
  return {
    nodes_treeids: ints(trees),
    nodes_nodeids: ints(ids),
    nodes_featureids: ints(model.feature.map((feature) => Math.max(0, feature))),
    nodes_modes: { kind: 'strings', value: isLeaf.map((leaf) => (leaf ? 'LEAF' : 'BRANCH_LEQ')) },
    nodes_values: { kind: 'floats', value: model.threshold },
    nodes_truenodeids: child(model.left),
    nodes_falsenodeids: child(model.right),
  };
}

/** One entry per leaf and class that has a share in it, already divided by the number of trees: the runtime adds them up. */
function leafAttributes(model: ForestModel): Record<string, AttributeValue> {
  const { trees, ids } = addresses(model);
  const entries: { node: number; label: number; weight: number }[] = [];
  model.leaf.forEach((leaf, node) => {
    if (leaf < 0) return;
    for (let c = 0; c < model.classes; c += 1) {
      const share = model.distributions[leaf * model.classes + c];
      // onnxruntime takes a row that met no entry for the second of two classes for a one-column model: name both, always.
      if (share > 0 || model.classes === 2) entries.push({ node, label: c, weight: share / model.roots.length });
    }
  });
  return {
    class_treeids: ints(entries.map(({ node }) => trees[node])),
    class_nodeids: ints(entries.map(({ node }) => ids[node])),
    class_ids: ints(entries.map(({ label }) => label)),
    class_weights: { kind: 'floats', value: Float32Array.from(entries, ({ weight }) => weight) },
  };
}

/** Tree and number within the tree of each node. */
function addresses(model: ForestModel): { trees: Int32Array; ids: Int32Array } {
  const trees = new Int32Array(model.feature.length);
  const ids = new Int32Array(model.feature.length);
  model.roots.forEach((root, tree) => {
    const end = tree + 1 < model.roots.length ? model.roots[tree + 1] : trees.length;
    for (let node = root; node < end; node += 1) {
      trees[node] = tree;
      ids[node] = node - root;
    }
  });
  return { trees, ids };
}

function ints(value: ArrayLike<number>): AttributeValue {
  return { kind: 'ints', value };
}
