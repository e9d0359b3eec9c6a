"""The encoder in plain NumPy, in fp32: what the ONNX files are compared with. Shares no code with graph.py."""

from math import erf, sqrt

import numpy as np

from weights import Layer, Weights

_ERF = np.frompyfunc(erf, 1, 1)


def embed(weights: Weights, ids: list[int]) -> np.ndarray:
    """L2-normalised mean of the last layer's token vectors. `ids` holds [CLS] and [SEP]."""
    x = _norm(weights.words[ids] + weights.positions[: len(ids)], weights.norm, weights.epsilon)
    for layer in weights.layers:
        x = _layer(x, layer, weights.heads, weights.epsilon)
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _layer(x: np.ndarray, layer: Layer, heads: int, epsilon: float) -> np.ndarray:
    tokens, dims = x.shape
    query, key, value = (_affine(x, layer.qkv)).reshape(tokens, 3, heads, dims // heads).transpose(1, 2, 0, 3)
    scores = query @ key.transpose(0, 2, 1) / np.float32(sqrt(dims // heads))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    context = (scores @ value).transpose(1, 0, 2).reshape(tokens, dims)
    x = _norm(x + _affine(context, layer.attended), layer.attended_norm, epsilon)
    return _norm(x + _affine(_gelu(_affine(x, layer.up)), layer.down), layer.down_norm, epsilon)


def _affine(x: np.ndarray, matrix_bias: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    return x @ matrix_bias[0] + matrix_bias[1]


def _norm(x: np.ndarray, scale_shift: tuple[np.ndarray, np.ndarray], epsilon: float) -> np.ndarray:
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(epsilon)) * scale_shift[0] + scale_shift[1]


def _gelu(x: np.ndarray) -> np.ndarray:
    """The exact form, with the error function, as the model was trained with."""
    return x * 0.5 * (1 + _ERF(x / sqrt(2)).astype(np.float32))
