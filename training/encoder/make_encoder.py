"""Makes public/models/encoder from the pinned weights and what fine-tuning changed, and prints how close each file is to fp32.

    python make_encoder.py [LINES]     LINES: text file, one log message per line (default: lines.txt)
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

import reference
from graph import FloatGraph, Int8Graph
from weights import LAYERS, MAX_TOKENS, MODEL, PACKAGE, REVISION, Weights, fetch, read_safetensors, trimmed_tokenizer

MIN_COSINE = 0.99  # mean, to the fp32 original of the same layers and tokens
# A short, a middling and a cut line: faults of a back end may show only beyond some length.
SELF_CHECK = [
    "Service started",
    "WARN  [pool-3-thread-7] retry 2/5 for order 88123: upstream answered 502 after 1200 ms",
    "ERROR 2024-03-09T11:20:45Z node-17 replication: could not apply batch 7741 of table public.shipments (sequence 99120455): "
    "duplicate key value violates unique constraint shipments_pkey; key (id)=(5541209) already exists; giving up after 3 attempts",
]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUT = ROOT / "public" / "models" / "encoder"
DELTAS = HERE / "deltas"
# Encoders that training asks about families not seen (and the one that was not fine-tuned at all). Not shipped.
OTHERS = HERE / ".cache" / "encoders"
FIXTURE = ROOT / "test" / "engine" / "embed" / "reference.json"

BACKENDS = {"wasm": ("minilm-int8.onnx", Int8Graph), "webgpu": ("minilm-w8.onnx", FloatGraph)}
ORIGIN = (
    f"{MODEL}, revision {REVISION}, from the package {PACKAGE}: first {LAYERS} of 6 layers, first {MAX_TOKENS} positions, "
    "fine-tuned on log messages (training/encoder/finetune.py), weights quantised to int8, mean pooling and normalisation in the graph; "
    "written by training/encoder/make_encoder.py"
)


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "lines.txt"
    files = fetch(HERE / ".cache")
    tensors = read_safetensors(files["model.safetensors"])
    weights = Weights(tensors, LAYERS, MAX_TOKENS, DELTAS / "shipped.npz")
    tokenizer_json = trimmed_tokenizer(files["tokenizer.json"])
    tokenizer = Tokenizer.from_str(tokenizer_json)
    own = read_lines(HERE / "lines.txt")
    measured = list(dict.fromkeys(line for line in read_lines(source) if line.strip()))
    truth = np.stack([reference.embed(weights, tokenizer.encode(line).ids) for line in measured])

    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "tokenizer.json").write_text(tokenizer_json, encoding="utf-8")
    entries, vectors, close = {}, {}, True
    for backend, (name, graph) in BACKENDS.items():
        data = graph(weights).build(ORIGIN)
        (OUT / name).write_bytes(data)
        embed = open_model(data, tokenizer)
        cosine = np.sum(np.stack([embed(line) for line in measured]) * truth, axis=1)
        print(f"{name}: {len(data) / 1e6:.2f} MB, cosine to fp32 on {len(measured)} lines: mean {cosine.mean():.4f}, min {cosine.min():.4f}")
        close = close and cosine.mean() >= MIN_COSINE
        entries[backend] = {"path": f"encoder/{name}", "sha256": hashlib.sha256(data).hexdigest()}
        vectors[backend] = [rounded(embed(line)) for line in SELF_CHECK]

    write_json(OUT / "encoder.json", {
        "version": 1, "name": f"all-MiniLM-L6-v2, {LAYERS} of 6 layers, fine-tuned on log messages", "dims": weights.dims, "layers": LAYERS,
        "maxTokens": MAX_TOKENS, "tokenizer": "encoder/tokenizer.json", "files": entries,
        "selfCheck": {"lines": SELF_CHECK, "vectors": vectors}, "origin": ORIGIN,
    })
    write_fixture(weights, tokenizer, own)
    write_others(tensors)
    if not close:
        raise SystemExit(f"Mean cosine below {MIN_COSINE}: do not ship these files.")


def write_others(tensors: dict[str, np.ndarray]) -> None:
    OTHERS.mkdir(parents=True, exist_ok=True)
    deltas = {"plain": None} | {path.stem: path for path in sorted(DELTAS.glob("fold-*.npz"))}
    for name, delta in deltas.items():
        (OTHERS / f"{name}.onnx").write_bytes(Int8Graph(Weights(tensors, LAYERS, MAX_TOKENS, delta)).build(name))


def read_lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8", errors="replace").removesuffix("\n").split("\n")


def open_model(data: bytes, tokenizer: Tokenizer):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the same sums in the same order on every machine
    # Without this, int8 products saturate on processors that lack VNNI; WebAssembly never saturates.
    options.add_session_config_entry("session.x64quantprecision", "1")
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])

    def embed(line: str) -> np.ndarray:
        return session.run(["sentence_embedding"], {"input_ids": np.array([tokenizer.encode(line).ids], np.int64)})[0][0]

    return embed


def rounded(vector: np.ndarray) -> list[float]:
    return [round(float(value), 5) for value in vector]


def write_fixture(weights: Weights, tokenizer: Tokenizer, lines: list[str]) -> None:
    """What the tests compare with: fp32 vectors of our own lines, and token ids of awkward texts."""
    cases = read_lines(HERE / "token-cases.txt") + lines
    write_json(FIXTURE, {
        "lines": lines,
        "vectors": [rounded(reference.embed(weights, tokenizer.encode(line).ids)) for line in lines],
        "tokens": [{"text": text, "ids": tokenizer.encode(text).ids} for text in cases],
    })


def write_json(path: Path, value: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
