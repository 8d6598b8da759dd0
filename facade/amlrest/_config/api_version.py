"""API versions: which ones can be used."""

from __future__ import annotations

import re

from amlrest.errors import ConfigError

FIRST = "2021-03-01-preview"
"""The first API version with the job API."""
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z]+)?\Z")


def check_api_version(api_version: str) -> str:
    """Return an API version that has the job API.

    Raises:
        ConfigError: it is older than the job API, or not an API version.
    """
    if not isinstance(api_version, str) or not _VERSION.match(api_version):
        raise ConfigError(
            f"invalid api_version {api_version!r}; use a date such as {FIRST} or 2024-10-01"
        )
    if api_version[:10] < FIRST[:10]:
        raise ConfigError(f"api_version {api_version} has no job API; use {FIRST} or a later one")
    return api_version
