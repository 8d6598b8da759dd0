"""Wire shapes: how each API version writes what the resource classes say.

There are two. 2021-03-01-preview is one, and the one the classes describe themselves; everything
from 2022-02-01-preview on is the other, `dialects.v2022`. A version that lies between or after
the known ones has the shape of its date.
"""

import re
from functools import cache

from amlrest._wire.dialect import Dialect
from amlrest.errors import ConfigError

FIRST = "2021-03-01-preview"
_SECOND_SHAPE = "2022-02-01"
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z]+)?\Z")


def check_api_version(api_version: str) -> str:
    """Return an API version that can be spoken.

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


@cache
def dialect_for(api_version: str) -> Dialect | None:
    """Return the dialect of an API version; None for that of the classes themselves.

    Args:
        api_version: as `check_api_version` returns it.
    """
    if api_version[:10] < _SECOND_SHAPE:
        return None
    from amlrest.dialects import v2022

    return v2022.dialect(api_version)
