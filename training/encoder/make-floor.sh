#!/bin/sh
# Makes the model that the encoder's benchmark compares with. Argument: the folder to write to.
set -eu
mkdir -p "$1"
folder=$(realpath "$1")
cd "$(dirname "$0")"
if [ ! -e .venv/ready ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet --no-deps --require-hashes -r requirements.txt
  touch .venv/ready
fi
.venv/bin/python make_floor.py "$folder"
