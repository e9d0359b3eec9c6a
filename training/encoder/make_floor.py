"""Makes what the encoder's benchmark compares with: all six layers, 512 tokens, int8, laid out as transformers.js loads it.

    python make_floor.py FOLDER     writes FOLDER/all-MiniLM-L6-v2

Not shipped. The graph takes the inputs and gives the output of the usual exports, with the same fused operators as the
shipped file, so that the comparison is one of programs, not of exports. One text per call needs no padding, so the mask is unused.
"""

import json
import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

from graph import MS, Int8Graph
from weights import Weights, fetch, read_safetensors

HERE = Path(__file__).resolve().parent
NAME = "all-MiniLM-L6-v2"
LAYERS, TOKENS = 6, 512


class FloorGraph(Int8Graph):
    def pooled(self, x: str) -> None:
        self.node("Identity", [x], "last_hidden_state")

    def build(self, description: str) -> bytes:
        model = onnx.ModelProto.FromString(super().build(description))
        for name in ("attention_mask", "token_type_ids"):
            model.graph.input.append(helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]))
        del model.graph.output[:]
        model.graph.output.append(helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", self.weights.dims]))
        return model.SerializeToString(deterministic=True)


def main() -> None:
    folder = Path(sys.argv[1]) / NAME
    files = fetch(HERE / ".cache")
    weights = Weights(read_safetensors(files["model.safetensors"]), LAYERS, TOKENS)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / "onnx" / "model_quantized.onnx").write_bytes(FloorGraph(weights).build("benchmark floor"))
    (folder / "tokenizer.json").write_bytes(files["tokenizer.json"])
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": TOKENS}))
    (folder / "config.json").write_text(json.dumps({
        "model_type": "bert", "architectures": ["BertModel"], "hidden_size": 384, "num_hidden_layers": LAYERS, "num_attention_heads": 12,
        "intermediate_size": 1536, "vocab_size": 30522, "max_position_embeddings": TOKENS,
    }))


if __name__ == "__main__":
    main()
