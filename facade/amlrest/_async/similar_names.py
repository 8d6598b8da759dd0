"""Similar names: what may have been meant where nothing of a name exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest.errors import AmlrestError
from amlrest.names import near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest._async.listing import Listing
    from amlrest.errors import ResourceNotFoundError


async def naming_similar(
    error: ResourceNotFoundError, what: str, wanted: str, others: Listing[Any]
) -> ResourceNotFoundError:
    """Return an error that also names what exists; itself if that is not the reason.

    Args:
        error: the error of the service.
        what: what does not exist, as a sentence without its end.
        wanted: the name that was asked for.
        others: what exists, with names.
    """
    try:
        known = [str(each.name) async for each in others]
    except AmlrestError:
        return error
    if wanted.lower() in map(str.lower, known):
        return error
    return error.because(f"{what}; {near(wanted, known) or _known(known)}")


def _known(names: Sequence[str]) -> str:
    return f"those that exist: {', '.join(sorted(names)) or 'none'}"
