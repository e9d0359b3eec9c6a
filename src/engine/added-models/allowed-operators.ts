import type { OnnxFile, OnnxNode } from './onnx-file.ts';

const DOMAINS: readonly string[] = ['', 'ai.onnx', 'ai.onnx.ml'];

/**
 * Operators that skl2onnx makes of scikit-learn's classifiers and that this program's own files use. None of them loops,
 * reads files or draws lots, so a model made of them ends, and gives the same answer each time.
 */
const OPERATORS: ReadonlySet<string> = new Set([
  'Abs', 'Add', 'And', 'ArgMax', 'ArgMin', 'Cast', 'Clip', 'Concat', 'Constant', 'ConstantOfShape', 'Div', 'Equal', 'Erf', 'Exp', 'Flatten',
  'Floor', 'Gather', 'Gemm', 'Greater', 'GreaterOrEqual', 'Identity', 'IsNaN', 'Less', 'LessOrEqual', 'Log', 'LogSoftmax', 'MatMul', 'Max', 'Mean', 'Min',
  'Mul', 'Neg', 'Not', 'Or', 'Pow', 'Reciprocal', 'ReduceL2', 'ReduceLogSumExp', 'ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceProd', 'ReduceSum',
  'ReduceSumSquare', 'Relu', 'Reshape', 'Round', 'Shape', 'Sigmoid', 'Sign', 'Slice', 'Softmax', 'Split', 'Sqrt', 'Squeeze', 'Sub', 'Sum', 'Tanh', 'TopK', 'Transpose',
  'Unsqueeze', 'Where',
  'ArrayFeatureExtractor', 'Binarizer', 'FeatureVectorizer', 'Imputer', 'LabelEncoder', 'LinearClassifier', 'LinearRegressor', 'Normalizer', 'SVMClassifier',
  'SVMRegressor', 'Scaler', 'TreeEnsembleClassifier', 'TreeEnsembleRegressor',
]);

/** Why a model with these operators is not run; undefined where it can be. */
export function operatorRefusal(file: OnnxFile): string | undefined {
  if (file.hasMore) return 'it brings functions of its own, which are not run here. Export a trained classifier with skl2onnx.';
  if (file.nodes.some(({ type }) => type === 'ZipMap')) {
    return "its probabilities are a list of dictionaries (ZipMap). Export it again with options={id(model): {'zipmap': False}}; for a pipeline, id(pipeline[-1]).";
  }
  const foreign = [...file.domains, ...file.nodes.map(({ domain }) => domain)].find((domain) => !DOMAINS.includes(domain));
  if (foreign !== undefined) return `it needs operators of "${foreign.slice(0, 60)}". Only those of ONNX itself and of ai.onnx.ml are run here.`;
  const unknown = file.nodes.find((node) => !OPERATORS.has(node.type) || hasGraph(node));
  if (unknown === undefined) return undefined;
  return `it uses the operator ${unknown.type.slice(0, 60)}, which is not run here: no loops, no branches, nothing drawn by lot. Linear models, trees, naive Bayes, support vectors and small neural networks work; nearest neighbours do not.`;
}

function hasGraph(node: OnnxNode): boolean {
  return [...node.attributes.values()].some((attribute) => attribute.hasGraph);
}
