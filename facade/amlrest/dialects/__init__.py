"""Wire shapes: how each API version writes what the resource classes say.

There are two. 2021-03-01-preview is one, and the one the classes describe themselves; everything
from 2022-02-01-preview on is the other, `dialects.v2022`. A version that lies between or after
the known ones has the shape of its date.
"""

from functools import cache

from amlrest._wire.dialect import Dialect

_SECOND_SHAPE = "2022-02-01"


@cache
def dialect_for(api_version: str) -> Dialect | None:
    """Return the dialect of an API version; None for that of the classes themselves.

    Args:
        api_version: as `amlrest._config.api_version.check_api_version` returns it.
    """
    if api_version[:10] < _SECOND_SHAPE:
        return None
    from amlrest.dialects import v2022

    return v2022.dialect(api_version)
