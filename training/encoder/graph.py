"""Writes the encoder as ONNX, straight from the weights, with onnxruntime's fused operators.

Input `input_ids` int64 [texts, tokens]: texts of the same length, [CLS] and [SEP] included, no padding.
Output `sentence_embedding` float [texts, dims]: L2-normalised mean over the tokens.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from weights import Layer, Weights

MS = "com.microsoft"


def quantise(matrix: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Signed symmetric int8 with one scale per index of the other axis; `axis` is the one that is summed over."""
    scale = np.abs(matrix).max(axis=axis, keepdims=True) / np.float32(127)
    scale = np.where(scale == 0, np.float32(1), scale).astype(np.float32)
    return np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8), scale


class Graph:
    """Nodes and initializers in the order they are added, so that the same weights give the same bytes."""

    def __init__(self, weights: Weights):
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def shared(self, name: str, value: np.ndarray) -> str:
        """A constant that several nodes use: added once."""
        return name if any(constant.name == name for constant in self.constants) else self.constant(name, value)

    def node(self, op: str, inputs: list[str], name: str, outputs: int = 1, domain: str = "", **attributes) -> str:
        """Adds an operator; its first output is called `name`, further ones `name_1`, `name_2`, …"""
        names = [name] + [f"{name}_{index}" for index in range(1, outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, name=f"{name}.{op}", domain=domain, **attributes))
        return name

    def weight(self, name: str, matrix: np.ndarray) -> str:
        """int8 weights turned back into fp32. Cast and Mul of constants are folded once, when the model is opened."""
        data, scale = quantise(matrix, axis=0)
        wide = self.node("Cast", [self.constant(f"{name}.int8", data)], f"{name}.wide", to=TensorProto.FLOAT)
        return self.node("Mul", [wide, self.constant(f"{name}.scale", scale)], f"{name}.weight")

    def embeddings(self) -> str:
        """Word vectors are looked up as int8 with a scale per word, and only those of the text become floats."""
        data, scale = quantise(self.weights.words, axis=1)
        rows = self.node("Gather", [self.constant("words.int8", data), "input_ids"], "words.rows")
        wide = self.node("Cast", [rows], "words.wide", to=TensorProto.FLOAT)
        scales = self.node("Gather", [self.constant("words.scale", scale), "input_ids"], "words.scales")
        words = self.node("Mul", [wide, scales], "words")
        length = self.node("Shape", ["input_ids"], "length", start=1, end=2)
        bounds = [self.constant("zero", np.array([0], np.int64)), length, "zero"]
        positions = self.node("Slice", [self.constant("positions.all", self.weights.positions), *bounds], "positions.used")
        positions = self.node("Unsqueeze", [positions, "zero"], "positions")
        return self.normalised("embeddings", words, positions, self.weights.norm)

    def normalised(self, name: str, x: str, skip: str, norm: tuple[np.ndarray, np.ndarray]) -> str:
        scale_shift = [self.constant(f"{name}.scale", norm[0]), self.constant(f"{name}.shift", norm[1])]
        return self.node("SkipLayerNormalization", [x, skip, *scale_shift], name, domain=MS, epsilon=self.weights.epsilon)

    def pooled(self, x: str) -> None:
        mean = self.node("ReduceMean", [x, self.constant("token_axis", np.array([1], np.int64))], "mean", keepdims=0)
        squares = self.node("ReduceSumSquare", [mean, "token_axis"], "squares", keepdims=1)
        self.node("Div", [mean, self.node("Sqrt", [squares], "norm")], "sentence_embedding")

    def affine(self, name: str, x: str, matrix_bias: tuple[np.ndarray, np.ndarray]) -> str:
        raise NotImplementedError

    def attention(self, name: str, x: str, qkv: tuple[np.ndarray, np.ndarray]) -> str:
        raise NotImplementedError

    def layer(self, name: str, x: str, layer: Layer) -> str:
        attended = self.affine(f"{name}.attended", self.attention(f"{name}.context", x, layer.qkv), layer.attended)
        x = self.normalised(f"{name}.attended_norm", attended, x, layer.attended_norm)
        up = self.node("Gelu", [self.affine(f"{name}.up", x, layer.up)], f"{name}.gelu", domain=MS)
        return self.normalised(f"{name}.norm", self.affine(f"{name}.down", up, layer.down), x, layer.down_norm)

    def build(self, description: str) -> bytes:
        x = self.embeddings()
        for index, layer in enumerate(self.weights.layers):
            x = self.layer(f"layer{index}", x, layer)
        self.pooled(x)
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
        vectors = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["texts", self.weights.dims])
        graph = helper.make_graph(self.nodes, "encoder", [ids], [vectors], self.constants)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="winnow", doc_string=description)
        return model.SerializeToString(deterministic=True)


class Int8Graph(Graph):
    """Products in int8: weights with one scale per output, activations with one scale per call (for WASM)."""

    def affine(self, name: str, x: str, matrix_bias: tuple[np.ndarray, np.ndarray]) -> str:
        data, scale = quantise(matrix_bias[0], axis=0)
        weight = [self.constant(f"{name}.int8", data), self.constant(f"{name}.scale", scale.reshape(-1)), ""]
        return self.node("DynamicQuantizeMatMul", [x, *weight, self.constant(f"{name}.bias", matrix_bias[1])], name, domain=MS)

    def attention(self, name: str, x: str, qkv: tuple[np.ndarray, np.ndarray]) -> str:
        data, scale = quantise(qkv[0], axis=0)
        wide = self.node("DynamicQuantizeLinear", [x], f"{name}.quantised", outputs=3)
        inputs = [wide, self.constant(f"{name}.int8", data), self.constant(f"{name}.bias", qkv[1]), f"{wide}_1"]
        inputs += [self.constant(f"{name}.scale", scale.reshape(-1)), "", f"{wide}_2"]
        inputs += [self.constant(f"{name}.zero", np.zeros(scale.size, np.int8))]
        return self.node("QAttention", inputs, name, domain=MS, num_heads=self.weights.heads)


class FloatGraph(Graph):
    """Weights stored as int8, everything computed in fp32 (for WebGPU, where int8 products are slow or wrong)."""

    def affine(self, name: str, x: str, matrix_bias: tuple[np.ndarray, np.ndarray]) -> str:
        product = self.node("MatMul", [x, self.weight(name, matrix_bias[0])], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.bias", matrix_bias[1])], name)

    def attention(self, name: str, x: str, qkv: tuple[np.ndarray, np.ndarray]) -> str:
        """In plain operators: onnxruntime-web 1.30's fused Attention goes wrong on WebGPU beyond 32 tokens."""
        heads, size = self.weights.heads, self.weights.dims // self.weights.heads
        # The scale of the scores, 1 / sqrt(size), is taken into the queries' weights and bias.
        scale = np.ones(3 * self.weights.dims, np.float32)
        scale[: self.weights.dims] /= np.sqrt(np.float32(size))
        joint = self.affine(f"{name}.qkv", x, (qkv[0] * scale, qkv[1] * scale))
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [joint], parts, name=f"{name}.Split", axis=-1, num_outputs=3))
        split = self.shared("head_shape", np.array([0, 0, heads, size], np.int64))
        split_parts = [self.node("Reshape", [part, split], f"{part}.heads") for part in parts]
        query, value = (self.node("Transpose", [split_parts[i]], f"{parts[i]}.turned", perm=[0, 2, 1, 3]) for i in (0, 2))
        key = self.node("Transpose", [split_parts[1]], f"{parts[1]}.turned", perm=[0, 2, 3, 1])
        scores = self.node("Softmax", [self.node("MatMul", [query, key], f"{name}.scores")], f"{name}.shares", axis=-1)
        mixed = self.node("Transpose", [self.node("MatMul", [scores, value], f"{name}.mixed")], f"{name}.turned", perm=[0, 2, 1, 3])
        return self.node("Reshape", [mixed, self.shared("joint_shape", np.array([0, 0, -1], np.int64))], name)
