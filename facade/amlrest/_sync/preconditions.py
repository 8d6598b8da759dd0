# Generated from facade/amlrest/_async/preconditions.py by `python codegen.py generate`; edit the async source.
"""Preconditions of a submission: what must hold before anything is registered for a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._sync.single_flight import SingleFlight
from amlrest.errors import ResourceExistsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest.resources.assets import Asset


class Preconditions:
    """Keeps assets from being registered for a job that cannot be accepted.

    Args:
        look_up: gets every resource that the job refers to; raises when one does not exist.
        same_name: returns the job that has the name already, or None.
    """

    def __init__(self, look_up: Callable[[], Any], same_name: SingleFlight[Any]) -> None:
        self.references = SingleFlight(look_up)
        self._same_name = same_name

    def check(self, asset: Asset) -> None:
        """Raise unless an asset may be uploaded and registered.

        Raises:
            ResourceNotFoundError: a resource that the job refers to does not exist.
            ResourceExistsError: another job, which does not use the asset, has the name.
        """
        self.references.get()
        found = self._same_name.get()
        if found is not None and not _uses(found.raw, asset):
            raise name_taken(found)


def name_taken(found: Any) -> ResourceExistsError:
    """Return the error for a job name that another job has."""
    return ResourceExistsError(
        409,
        code="JobExists",
        message=f"the job name {found.name!r} is taken by another job; "
        "choose another name, or leave it out to get a new one",
        target=found.id,
    )


def _uses(value: Any, asset: Asset) -> bool:
    if isinstance(value, dict):
        return any(_uses(item, asset) for item in value.values())
    end = f"/{asset.KIND}/{asset.name}/versions/{asset.version}".lower()
    return isinstance(value, str) and value.lower().endswith(end)
