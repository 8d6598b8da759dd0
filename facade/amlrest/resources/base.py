"""What all resources of a workspace have in common."""

from datetime import datetime
from typing import Any, ClassVar

from attrs import define, field

from amlrest._wire.fields import look_up
from amlrest._wire.objects import WireObject
from amlrest.names import id_segment


@define(repr=False)
class Resource(WireObject):
    """A resource: as a user writes it, or as it was read from the workspace.

    Attributes:
        name: its name; some kinds get one when none is given.
        created: on what a create call returns: True if that call made it, False if it was there.
    """

    WIRE_ROOT: ClassVar[str] = "properties"
    KIND: ClassVar[str] = ""
    """The collection in its id, such as ``environments``."""

    name: str | None = field(default=None, kw_only=True)
    created: bool | None = field(default=None, kw_only=True, eq=False, repr=False)

    @property
    def id(self) -> str | None:
        """The ARM id; None before it is in the workspace."""
        return text(self.raw.get("id"))

    @property
    def reused(self) -> bool:
        """Whether a create call found it and made nothing."""
        return self.created is False

    @property
    def created_at(self) -> datetime | None:
        """When it was made, as the service says."""
        return _moment(look_up(self.raw, ("systemData", "createdAt")))

    @property
    def created_by(self) -> str | None:
        """Who made it."""
        return text(look_up(self.raw, ("systemData", "createdBy")))

    @property
    def modified_at(self) -> datetime | None:
        """When it was changed last."""
        return _moment(look_up(self.raw, ("systemData", "lastModifiedAt")))

    @property
    def provisioning_state(self) -> str | None:
        """``Succeeded``, ``Creating``, …; None where the kind has none."""
        return text(look_up(self.raw, ("properties", "provisioningState")))

    def identify(self) -> None:
        """Take the name from the id, else from the answer's name."""
        found = id_segment(self.id, self.KIND) if self.id else None
        self.name = found or text(self.raw.get("name"))


def text(value: Any) -> str | None:
    """Return text that the service sent as such; None for anything else."""
    return value if isinstance(value, str) else None


def _moment(value: Any) -> datetime | None:
    """Read a timestamp; seven digits of a second are cut to the six that Python has."""
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
