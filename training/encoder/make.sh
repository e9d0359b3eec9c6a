#!/bin/sh
# Makes public/models/encoder and brings the manifest up to date. Argument: a file of log lines to measure on.
set -eu
lines=$(realpath "${1:-$(dirname "$0")/lines.txt}")
cd "$(dirname "$0")"
. ./venv.sh
.venv/bin/python make_encoder.py "$lines"
cd ../..
npx tsx training/write-manifest.ts
