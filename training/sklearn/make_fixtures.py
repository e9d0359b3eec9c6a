"""Writes test/fixtures/added-models (models as a person would drop them in, and scikit-learn's own answers) and
test/fixtures/train/rounds.json (scikit-learn's figures on given splits). Run by make.sh."""
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import sklearn
import skl2onnx
from onnx import TensorProto, helper
from skl2onnx import to_onnx
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import problem

FIXTURES = Path(sys.argv[1])
VERSIONS = {"numpy": np.__version__, "onnx": onnx.__version__, "scikit-learn": sklearn.__version__, "skl2onnx": skl2onnx.__version__}
SEEDS = range(10)


def write(path, value):
    (FIXTURES / path).write_text(json.dumps(value, separators=(",", ":")) + "\n")


def rounded(values, digits=7):
    return [round(float(v), digits) for v in np.asarray(values).ravel()]


def convert(model, zipmap=False, kind=FloatTensorType, batch=None, last=None):
    """`last`: the classifier at the end of a pipeline, which the option must name."""
    options = None if zipmap else {id(last if last is not None else model): {"zipmap": False}}
    return to_onnx(model, initial_types=[("features", kind([batch, problem.DIMS]))], options=options)


def save(name, model):
    (FIXTURES / "added-models" / name).write_bytes(model.SerializeToString())


def added_models(x, names, asked):
    numbers = np.array([problem.CLASSES.index(name) for name in names])
    two = np.where(names == "Error", "Error", "other")
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.01)).fit(x, names)
    fitted = {
        "logistic-regression": (LogisticRegression().fit(x, names), {}),
        "random-forest": (RandomForestClassifier(40, criterion="entropy", class_weight="balanced", random_state=1).fit(x, names), {}),
        "naive-bayes": (GaussianNB().fit(x, names), {}),
        "two-classes": (LogisticRegression().fit(x, two), {}),
        "pipeline": (pipeline, {"last": pipeline[-1]}),
        "fixed-batch": (LogisticRegression().fit(x, names), {"batch": 1}),
    }
    expected = {}
    for name, (model, options) in fitted.items():
        save(f"{name}.onnx", convert(model, **options))
        expected[name] = {"classes": model.classes_.tolist(), "probabilities": rounded(model.predict_proba(asked)), "labels": model.predict(asked).tolist()}
    save("zipmap.onnx", convert(fitted["logistic-regression"][0], zipmap=True))
    save("double-input.onnx", convert(fitted["logistic-regression"][0], kind=DoubleTensorType))
    by_number = LogisticRegression().fit(x, numbers)
    numbered = convert(by_number)
    save("integer-labels.onnx", numbered)
    helper.set_model_props(numbered, {"classes": json.dumps(problem.CLASSES)})
    save("integer-labels-named.onnx", numbered)
    expected["integer-labels-named"] = {"classes": problem.CLASSES, "probabilities": rounded(by_number.predict_proba(asked)), "labels": [problem.CLASSES[i] for i in by_number.predict(asked)]}
    save("external-data.onnx", with_external_data())
    write("added-models/expected.json", {"versions": VERSIONS, "dims": problem.DIMS, "step": problem.STEP, "vectors": problem.packed(ASKED), "models": expected})


def with_external_data():
    """Weights said to lie in a file outside the model's folder."""
    classes = len(problem.CLASSES)
    weights = TensorProto(name="weights", data_type=TensorProto.FLOAT, dims=[problem.DIMS, classes], data_location=TensorProto.EXTERNAL)
    for key, value in {"location": "../../etc/passwd", "offset": "0", "length": str(problem.DIMS * classes * 4)}.items():
        weights.external_data.add(key=key, value=value)
    port = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["features", "weights"], ["sums"]), helper.make_node("Softmax", ["sums"], ["probabilities"])], "external",
        [port("features", TensorProto.FLOAT, [None, problem.DIMS])], [port("probabilities", TensorProto.FLOAT, [None, classes])], [weights],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"classes": json.dumps(problem.CLASSES)})
    return model


def figures(make, x, y, counts, rounds):
    """Accuracy and macro-F1 over the answers of all rounds, rows written out one by one."""
    truth, answers = [], []
    for tested in rounds:
        tested = np.array(tested)
        learnt = np.repeat(np.arange(len(y)), counts - tested)
        asked = np.repeat(np.arange(len(y)), tested)
        model = make().fit(x[learnt], y[learnt])
        truth.append(y[asked])
        answers.append(model.predict(x[asked]))
    truth, answers = np.concatenate(truth), np.concatenate(answers)
    return {"accuracy": float(accuracy_score(truth, answers)), "macroF1": float(f1_score(truth, answers, average="macro"))}


def rounds_fixture(steps, entries):
    x, y, counts = problem.floats(steps)[entries[:, 0]], entries[:, 1], entries[:, 2]
    rng = np.random.default_rng(5)
    out = {"versions": VERSIONS, "dims": problem.DIMS, "step": problem.STEP, "classes": problem.CLASSES, "vectors": problem.packed(steps),
           "pattern": entries[:, 0].tolist(), "label": y.tolist(), "rows": counts.tolist()}
    for kind, rounds in {"grouped": problem.grouped_rounds(entries, rng), "random": problem.row_rounds(entries, rng)}.items():
        out[kind] = {
            "rounds": rounds,
            "logistic-regression": figures(lambda: LogisticRegression(max_iter=1000), x, y, counts, rounds),
            "naive-bayes": figures(GaussianNB, x, y, counts, rounds),
            "random-forest": [figures(lambda: RandomForestClassifier(100, criterion="entropy", class_weight="balanced", random_state=seed), x, y, counts, rounds) for seed in SEEDS],
        }
        print(kind, {k: v for k, v in out[kind].items() if k != "rounds"})
    write("train/rounds.json", out)


STEPS, ASKED, ENTRIES = problem.make()
ROWS = np.repeat(np.arange(len(ENTRIES)), ENTRIES[:, 2])
added_models(problem.floats(STEPS)[ENTRIES[ROWS, 0]], np.array(problem.CLASSES)[ENTRIES[ROWS, 1]], problem.floats(ASKED))
rounds_fixture(STEPS, ENTRIES)
