#!/usr/bin/env bash
# Installs the browser that the tests of the local workspace's page drive: Chromium, in the version
# of the Debian release. Elsewhere a Chromium or Chrome on the PATH will do.
set -euo pipefail

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done

fail() {
  echo "The tests need Chromium: $1; install it (on Debian: apt-get install chromium)" >&2
  exit 1
}

command -v apt-get >/dev/null || fail "it is not on the PATH, and there is no apt-get"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true 2>/dev/null || fail "it is not on the PATH, and this user cannot install it"
  as_root=(sudo -n)
fi

echo "Installing Chromium, about 300 MB"
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
  apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core)
# The lists of packages may be missing or old.
"${install[@]}" >/dev/null 2>&1 || { "${as_root[@]}" apt-get update -qq && "${install[@]}" >/dev/null; } ||
  fail "apt-get could not install it"
