"""A small problem in the shape of the real one: patterns with rows and labels, 384 numbers each."""
import base64

import numpy as np

DIMS = 384
PATTERNS = 160
ASKED = 60
SPREAD = 10
CLASSES = ["Error", "System Notification", "User Action", "Security Alert", "Café closing"]
ROUNDS = 5
# Vectors are whole numbers in a byte, times this: exact in 32 bits, so every program computes with the same ones.
STEP = 1 / 400


def make(seed=11):
    """Clusters of near-copies, a few labels wrong: a place where a random split flatters."""
    rng = np.random.default_rng(seed)
    groups = 28
    centres = rng.normal(size=(groups, SPREAD)) + 0.8 * rng.normal(size=(len(CLASSES), SPREAD))[np.arange(groups) % len(CLASSES)]
    group = rng.integers(0, groups, PATTERNS + ASKED)
    # All that matters lies in few directions, as in real sentence vectors, so that classes overlap.
    inner = centres[group] + 0.55 * rng.normal(size=(PATTERNS + ASKED, SPREAD))
    vectors = inner @ rng.normal(size=(SPREAD, DIMS)) + 0.8 * rng.normal(size=(PATTERNS + ASKED, DIMS))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    steps = np.clip(np.round(vectors / STEP), -127, 127).astype(np.int8)
    label = group % len(CLASSES)
    wrong = rng.random(PATTERNS + ASKED) < 0.08
    label[wrong] = rng.integers(0, len(CLASSES), wrong.sum())
    rows = np.minimum(60, np.ceil(rng.pareto(0.9, PATTERNS) * 2)).astype(int)
    entries = [(p, int(label[p]), int(rows[p])) for p in range(PATTERNS)]
    # Some patterns carry a second label on a few rows, as real files have it.
    entries += [(p, int((label[p] + 1) % len(CLASSES)), 1 + p % 3) for p in range(0, PATTERNS, 16)]
    return steps[:PATTERNS], steps[PATTERNS:], np.array(sorted(entries))


def floats(steps):
    return steps.astype(np.float32) * np.float32(STEP)


def packed(steps):
    return base64.b64encode(steps.tobytes()).decode()


def grouped_rounds(entries, rng):
    """Per round and entry: rows tested. All rows of a pattern are in one round."""
    of = rng.permutation(PATTERNS) % ROUNDS
    return [[int(rows) if of[p] == r else 0 for p, _, rows in entries] for r in range(ROUNDS)]


def row_rounds(entries, rng):
    """The same, each row by itself."""
    tested = np.zeros((ROUNDS, len(entries)), int)
    owner = np.repeat(np.arange(len(entries)), entries[:, 2])
    for r, i in zip(rng.permutation(len(owner)) % ROUNDS, owner):
        tested[r, i] += 1
    return tested.tolist()
