"""Runs models that the page's own code trained in Python's onnxruntime, and writes what it answers, for a test that needs
no Python. Run by make.sh."""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

import problem

MODELS, OUT = Path(sys.argv[1]), Path(sys.argv[2])


def answers(path):
    content = path.read_bytes()
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    names = json.loads(session.get_modelmeta().custom_metadata_map["classes"])
    (probabilities,) = session.run(["probabilities"], {"features": problem.floats(ASKED)})
    return {
        "sha256": hashlib.sha256(content).hexdigest(), "classes": names,
        "labels": [names[best] for best in probabilities.argmax(axis=1)],
        "probabilities": [round(float(p), 7) for p in probabilities.ravel()],
    }


_, ASKED, _ = problem.make()
fixture = {
    "versions": {"numpy": np.__version__, "onnxruntime": onnxruntime.__version__},
    "step": problem.STEP, "vectors": problem.packed(ASKED),
    "models": {path.stem: answers(path) for path in sorted(MODELS.glob("*.onnx"))},
}
OUT.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
