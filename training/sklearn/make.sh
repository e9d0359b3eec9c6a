#!/bin/sh
# Makes test/fixtures/added-models, test/fixtures/train/rounds.json and test/fixtures/train/python-answers.json again.
# Needs Python 3.11 or newer, and the package index the first time.
set -eu
cd "$(dirname "$0")"
if [ ! -e .venv/ready ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet --no-deps -r requirements.txt
  touch .venv/ready
fi
fixtures=../../test/fixtures
mkdir -p "$fixtures/added-models"
.venv/bin/python make_fixtures.py "$fixtures"
models=$(mktemp -d)
npx tsx write-trained.ts "$models"
.venv/bin/python python_answers.py "$models" "$fixtures/train/python-answers.json"
rm -r "$models"
