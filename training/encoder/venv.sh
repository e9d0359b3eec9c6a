# Sourced by the scripts beside it: a virtual environment with the pinned packages, made once.
if [ ! -e .venv/ready ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet --no-deps --require-hashes -r requirements.txt
  touch .venv/ready
fi
