#!/usr/bin/env bash
# Makes public/models/encoder and brings the manifest up to date. Argument: a file of log lines to measure on.
set -eu
lines=$(realpath "${1:-$(dirname "$0")/lines.txt}")
cd "$(dirname "$0")"
(cd deltas && ls ./*.npz | diff - <(cut -c67- SHA256SUMS) && sha256sum --check --quiet SHA256SUMS)
. ./venv.sh
.venv/bin/python make_encoder.py "$lines"
cd ../..
npx tsx training/write-manifest.ts
