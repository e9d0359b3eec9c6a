"""Fine-tunes the cut MiniLM on the corpus by low-rank updates and writes them as deltas/NAME.npz.

    python finetune.py NAME [--fold K [--probe]]     NAME: name of the file; --fold K: learn from all families but those of fold K

Low-rank adaptation (Hu et al. 2021, arXiv:2106.09685) of all six matrices of every layer; word vectors, positions and norms stay
as they are. Two things are asked of the vectors at once: a softmax over the categories must read them (temperature-scaled cosine,
labels smoothed), and their cosines to each other must stay what the pinned model says (similarity-preserving distillation, Tung
and Mori 2019, arXiv:1907.09682), so that they go on serving for neighbours and clusters.
"""

import argparse
import json
import time
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from tokenizers import Tokenizer

from weights import LAYERS, MATRICES, MAX_TOKENS, Weights, fetch, read_safetensors, trimmed_tokenizer

HERE = Path(__file__).resolve().parent
SEED = 11
RANK = 16
BATCH = 32
EPOCHS = 3
RATE = 2e-3
DECAY = 0.01  # of the low-rank factors, per step, times the rate
WARM_UP = 0.1  # share of the steps
BARE = 0.35  # share of the texts shown without their level
SMOOTH, SMOOTH_ARGUABLE = 0.05, 0.25  # share of a label spread over all classes
KEEP = 1.0  # weight of the distillation
FORMS = ("text", "bare")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("name")
    options.add_argument("--fold", type=int, default=-1)
    options.add_argument("--probe", action="store_true", help="also print how well the softmax does on the fold left out")
    given = options.parse_args()
    files = fetch(HERE / ".cache")
    weights = Weights(read_safetensors(files["model.safetensors"]), LAYERS, MAX_TOKENS)
    tokenizer = Tokenizer.from_str(trimmed_tokenizer(files["tokenizer.json"]))
    classes, rows = read_texts()
    known = [row for row in rows if row["fold"] != given.fold]
    trained, head = train(weights, tokenizer, known, classes, given.name)
    (HERE / "deltas").mkdir(exist_ok=True)
    np.savez(HERE / "deltas" / f"{given.name}.npz", **trained)
    if given.probe:
        probe(weights, tokenizer, trained, head, [row for row in rows if row["fold"] == given.fold], known[::10])


def read_texts() -> tuple[int, list[dict]]:
    head, *lines = (HERE / ".cache" / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    return json.loads(head)["classes"], [json.loads(line) for line in lines]


def initial(weights: Weights, classes: int, random: np.random.Generator) -> dict:
    """Low-rank factors down (random) and up (zero), so that training begins at the pinned model; and a cosine softmax."""
    parameters = {"head": jnp.asarray(random.normal(0, 0.05, (weights.dims, classes)), jnp.float32), "bias": jnp.zeros(classes), "scale": jnp.asarray(12.0)}
    for index, layer in enumerate(weights.layers):
        for name in MATRICES:
            rows, columns = getattr(layer, name)[0].shape
            parameters[f"{index}.{name}.a"] = jnp.asarray(random.normal(0, rows**-0.5, (rows, RANK)), jnp.float32)
            parameters[f"{index}.{name}.b"] = jnp.zeros((RANK, columns), jnp.float32)
    return parameters


def forward(frozen: dict, parameters: dict, ids: jnp.ndarray, mask: jnp.ndarray) -> jnp.ndarray:
    """ids, mask [n, t] -> L2-normalised vectors [n, dims]."""
    x = norm(frozen["words"][ids] + frozen["positions"][: ids.shape[1]], *frozen["norm"])
    for index, layer in enumerate(frozen["layers"]):
        affine = partial(adapted, layer, parameters, index)
        n, t, dims = x.shape
        query, key, value = affine(x, "qkv").reshape(n, t, 3, Weights.heads, dims // Weights.heads).transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(dims // Weights.heads) + (mask[:, None, None, :] - 1) * 1e9
        context = (jax.nn.softmax(scores) @ value).transpose(0, 2, 1, 3).reshape(n, t, dims)
        x = norm(x + affine(context, "attended"), *layer["attended_norm"])
        x = norm(x + affine(jax.nn.gelu(affine(x, "up"), approximate=False), "down"), *layer["down_norm"])
    mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / jnp.linalg.norm(mean, axis=1, keepdims=True)


def adapted(layer: dict, parameters: dict, index: int, x: jnp.ndarray, name: str) -> jnp.ndarray:
    matrix, bias = layer[name]
    out = x @ matrix + bias
    if f"{index}.{name}.a" in parameters:
        out = out + (x @ parameters[f"{index}.{name}.a"]) @ parameters[f"{index}.{name}.b"]
    return out


def norm(x: jnp.ndarray, scale: jnp.ndarray, shift: jnp.ndarray) -> jnp.ndarray:
    centred = x - x.mean(-1, keepdims=True)
    return centred / jnp.sqrt((centred**2).mean(-1, keepdims=True) + Weights.epsilon) * scale + shift


def arrays(weights: Weights) -> dict:
    pair = lambda value: tuple(jnp.asarray(part) for part in value)
    names = (*MATRICES, "attended_norm", "down_norm")
    return {
        "words": jnp.asarray(weights.words), "positions": jnp.asarray(weights.positions), "norm": pair(weights.norm),
        "layers": [{name: pair(getattr(layer, name)) for name in names} for layer in weights.layers],
    }


def loss(parameters: dict, frozen: dict, batch: dict) -> jnp.ndarray:
    vectors = forward(frozen, parameters, batch["ids"], batch["mask"])
    logits = vectors @ parameters["head"] / jnp.linalg.norm(parameters["head"], axis=0) * parameters["scale"] + parameters["bias"]
    entropy = -(batch["target"] * jax.nn.log_softmax(logits)).sum(1).mean()
    return entropy + KEEP * ((vectors @ vectors.T - batch["pinned"] @ batch["pinned"].T) ** 2).mean()


@partial(jax.jit, donate_argnums=(0, 1))
def step(parameters: dict, moments: tuple, frozen: dict, batch: dict, rate: jnp.ndarray, count: jnp.ndarray) -> tuple:
    """One step of AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101)."""
    value, gradient = jax.value_and_grad(loss)(parameters, frozen, batch)
    size = jnp.sqrt(sum((part**2).sum() for part in gradient.values()))
    gradient = {name: part / jnp.maximum(1.0, size) for name, part in gradient.items()}
    first = {name: 0.9 * moments[0][name] + 0.1 * part for name, part in gradient.items()}
    second = {name: 0.98 * moments[1][name] + 0.02 * part**2 for name, part in gradient.items()}
    moved = {}
    for name, part in parameters.items():
        change = first[name] / (1 - 0.9**count) / (jnp.sqrt(second[name] / (1 - 0.98**count)) + 1e-8)
        decay = DECAY * part if name[0].isdigit() else 0.0
        moved[name] = part - rate * (change + decay)
    return moved, (first, second), value


def train(weights: Weights, tokenizer: Tokenizer, rows: list[dict], classes: int, name: str) -> tuple[dict, dict]:
    random = np.random.default_rng(SEED)
    frozen = arrays(weights)
    parameters = initial(weights, classes, random)
    moments = tuple({name: jnp.zeros_like(part) for name, part in parameters.items()} for _ in range(2))
    texts = {form: tokenised(tokenizer, [row[form] for row in rows]) for form in FORMS}
    pinned = {form: pinned_vectors(frozen, [row[form] for row in rows], texts[form]) for form in FORMS}
    counts = np.bincount([row["label"] for row in rows], minlength=classes)
    importance = (counts.mean() / np.maximum(1, counts)) ** 0.3
    total, done, started = EPOCHS * -(-len(rows) // BATCH), 0, time.time()
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(rows, texts, pinned, classes, importance, random):
            done += 1
            share = done / total
            rate = RATE * min(share / WARM_UP, max(0.02, (1 - share) / (1 - WARM_UP)))
            parameters, moments, value = step(parameters, moments, frozen, batch, rate, done)
            losses.append(float(value))
        print(f"{name}: epoch {epoch + 1} of {EPOCHS}, loss {np.mean(losses):.4f}, {time.time() - started:.0f} s", flush=True)
    factors = {name: np.asarray(part, np.float16) for name, part in parameters.items() if name[0].isdigit()}
    return factors, {name: parameters[name] for name in ("head", "bias", "scale")}


def tokenised(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def pinned_vectors(frozen: dict, texts: list[str], ids: list[list[int]]) -> np.ndarray:
    """Vectors of the pinned model [n, dims]. They are the same for all folds, so they are kept in .cache by text."""
    cache = HERE / ".cache" / "pinned.npz"
    known = {}
    if cache.exists():
        with np.load(cache) as stored:
            known = dict(zip(stored["texts"], stored["vectors"]))
    missing = sorted({text: at for at, text in enumerate(texts) if text not in known}.values(), key=lambda at: len(ids[at]))
    run = jax.jit(lambda part, mask: forward(frozen, {}, part, mask))
    for start in range(0, len(missing), BATCH):
        members = missing[start : start + BATCH]
        part, mask = padded([ids[at] for at in members])
        known.update(zip((texts[at] for at in members), np.asarray(run(part, mask))))
    if missing:
        np.savez(cache, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[text] for text in texts])


def batches(rows: list[dict], texts: dict, pinned: dict, classes: int, importance: np.ndarray, random: np.random.Generator):
    """Batches of texts of like length, in random order; padded to multiples of 8 tokens, so that few shapes are compiled."""
    forms = np.where(random.random(len(rows)) < BARE, "bare", "text")
    ids = [texts[form][at] for at, form in enumerate(forms)]
    order = sorted(random.permutation(len(rows)), key=lambda at: -(-len(ids[at]) // 8))
    groups = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    for chosen in random.permutation(len(groups)):
        members = groups[chosen]
        part, mask = padded([ids[at] for at in members])
        targets, kept = np.zeros((BATCH, classes), np.float32), np.zeros((BATCH, pinned["text"].shape[1]), np.float32)
        for at, row in enumerate(members):
            targets[at] = target(rows[row], classes) * importance[rows[row]["label"]]
            kept[at] = pinned[forms[row]][row]
        yield {"ids": part, "mask": mask, "target": targets, "pinned": kept}


def target(row: dict, classes: int) -> np.ndarray:
    smooth = SMOOTH_ARGUABLE if row["arguable"] else SMOOTH
    return smooth / classes + (1 - smooth) * np.eye(classes, dtype=np.float32)[row["label"]]


def padded(ids: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Ids and mask [BATCH, t]; rows past the last text are a single token."""
    width = -(-max(map(len, ids)) // 8) * 8
    part, mask = np.zeros((BATCH, width), np.int32), np.zeros((BATCH, width), np.float32)
    mask[:, 0] = 1
    for at, tokens in enumerate(ids):
        part[at, : len(tokens)] = tokens
        mask[at, : len(tokens)] = 1
    return part, mask


def probe(weights: Weights, tokenizer: Tokenizer, trained: dict, head: dict, left_out: list[dict], known: list[dict]) -> None:
    frozen = arrays(weights)
    run, factors = jax.jit(forward), {name: jnp.asarray(value, jnp.float32) for name, value in trained.items()}
    for name, rows in (("left out", left_out), ("known", known)):
        right, truth = [], []
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            vectors = run(frozen, factors, *padded(tokenised(tokenizer, [row["text"] for row in part])))
            logits = vectors @ head["head"] / jnp.linalg.norm(head["head"], axis=0) * head["scale"] + head["bias"]
            right += list(np.asarray(logits.argmax(1))[: len(part)])
            truth += [row["label"] for row in part]
        right, truth = np.array(right), np.array(truth)
        f1 = [2 * ((right == c) & (truth == c)).sum() / max(1, (right == c).sum() + (truth == c).sum()) for c in range(head["bias"].shape[0])]
        print(f"{name}: accuracy {(right == truth).mean():.4f}, macro-F1 {np.mean(f1):.4f} of {len(rows)}")


if __name__ == "__main__":
    main()
