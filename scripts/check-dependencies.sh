#!/usr/bin/env bash
# Runs amlrest with the lowest and with the newest dependencies that pyproject.toml allows: each in
# a new environment under build/dependencies, with a real command job and sweep and the library's tests.
set -euo pipefail
cd "$(dirname "$0")/.."

OTHER_TOOLS=(test_azurite.py test_sync_parity.py test_typed_call.py)  # need npm, codegen or mypy

interpreter() {
  local candidate
  for candidate in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
    if "$candidate" -c '' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "check-dependencies: Python $1 not found on PATH or in pyenv; install it and run again" >&2
  return 1
}

constraints() {
  [[ $1 == newest ]] || "$2" - <<'PYTHON'
import tomllib

with open("pyproject.toml", "rb") as file:
    project = tomllib.load(file)["project"]
for bound in [*project["dependencies"], *project["optional-dependencies"]["local"]]:
    print(bound.replace(">=", "=="))
PYTHON
}

check() {
  local which=$1 python environment
  python=$(interpreter "$2")
  environment=build/dependencies/$1-$2
  rm -rf "$environment"
  mkdir -p "$environment"
  echo "== $which dependencies, $("$python" --version): installing into $environment"
  "$python" -m venv "$environment"
  constraints "$which" "$python" >"$environment/constraints.txt"
  local pip=("$environment/bin/pip" --disable-pip-version-check --quiet install)
  "${pip[@]}" --upgrade --constraint constraints.txt pip
  "${pip[@]}" --constraint "$environment/constraints.txt" '.[local]' --group test
  "$environment/bin/pip" check
  "$environment/bin/pip" freeze >"$environment/installed.txt"
  echo "== $which dependencies, $("$python" --version): running a command job, a sweep and the tests"
  "$environment/bin/amlrest" quickstart --trials 2 --concurrent 2 \
    --state-dir "$environment/state" --plot "$environment/sweep.png"
  "$environment/bin/python" -m pytest -q -n 2 -m 'not slow' -p no:cacheprovider \
    "${OTHER_TOOLS[@]/#/--ignore=tests/facade/}" tests/facade
}

check lowest 3.11
check lowest 3.13
check newest 3.13
echo "lowest and newest dependencies: all checks passed"
