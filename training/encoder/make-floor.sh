#!/bin/sh
# Makes the model that the encoder's benchmark compares with. Argument: the folder to write to.
set -eu
mkdir -p "$1"
folder=$(realpath "$1")
cd "$(dirname "$0")"
. ./venv.sh
.venv/bin/python make_floor.py "$folder"
