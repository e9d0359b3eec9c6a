#!/bin/sh
# Fine-tunes the encoder anew: once on all of the corpus, and once without each fold of families. About an hour on two cores; then run make.sh.
set -eu
cd "$(dirname "$0")"
if [ ! -e .venv-finetune/ready ]; then
  python3 -m venv .venv-finetune
  .venv-finetune/bin/pip install --quiet --no-deps --require-hashes -r requirements-finetune.txt
  touch .venv-finetune/ready
fi
folds=$(npx tsx write-texts.ts)
for fold in $(seq 0 $((folds - 1))); do
  .venv-finetune/bin/python finetune.py "fold-$fold" --fold "$fold"
done
.venv-finetune/bin/python finetune.py shipped
cd deltas
sha256sum ./*.npz > SHA256SUMS
