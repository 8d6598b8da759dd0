# Generated from facade/amlrest/_async/preconditions.py by `python codegen.py generate`; edit the async source.
"""What has to be known before anything is registered for a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._sync.single_flight import Once
from amlrest.errors import ResourceExistsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest.resources.assets import Asset


class Gate:
    """Lets nothing be registered for a job that cannot be accepted.

    Args:
        look_up: gets what the job names; fails when something is not there.
        same_name: gives the job that has the name already, or None.
    """

    def __init__(self, look_up: Callable[[], Any], same_name: Once[Any]) -> None:
        self.known = Once(look_up)
        self._same_name = same_name

    def admit(self, asset: Asset) -> None:
        """Wait until it is known that an asset is needed.

        Raises:
            ResourceNotFoundError: something the job names is not there.
            ResourceExistsError: another job has the name: one that does not use the asset.
        """
        self.known.get()
        found = self._same_name.get()
        if found is not None and not _uses(found.raw, asset):
            raise taken(found)


def taken(found: Any) -> ResourceExistsError:
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
