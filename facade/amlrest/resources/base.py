"""The base class of the resources of a workspace."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar, cast

from attrs import define, field

from amlrest._wire.fields import look_up
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError
from amlrest.names import check_existing_name, check_name, id_segment

_NEVER = datetime.min.replace(tzinfo=UTC)
R = TypeVar("R", bound="Resource")


@define(kw_only=True, repr=False)
class Resource(WireObject):
    """A resource of a workspace, either new or read from the service.

    Attributes:
        name: name of the resource; some kinds get a generated name if it is None.
        created: whether the create call that returned it created it; False if it already existed,
            None if it was not returned by a create call.
    """

    WIRE_ROOT: ClassVar[str] = "properties"
    KIND: ClassVar[str] = ""
    """Collection name in the ARM id, such as ``environments``."""
    LISTED: ClassVar[tuple[str, ...]] = (
        "name",
        "version",
        "description",
        "provisioning_state",
        "created_at",
    )
    """What a table of several shows."""

    name: str | None = field(default=None)
    created: bool | None = field(default=None, eq=False, repr=False)

    @property
    def id(self) -> str | None:
        """ARM id; None for a new resource."""
        return text(self.raw.get("id"))

    @property
    def reused(self) -> bool:
        """Whether a create call found it instead of creating it."""
        return self.created is False

    @property
    def created_at(self) -> datetime | None:
        """Creation time reported by the service."""
        return moment(look_up(self.raw, ("systemData", "createdAt")))

    @property
    def created_by(self) -> str | None:
        """Identity that created it."""
        return text(look_up(self.raw, ("systemData", "createdBy")))

    @property
    def modified_at(self) -> datetime | None:
        """Time of the last change."""
        return moment(look_up(self.raw, ("systemData", "lastModifiedAt")))

    @property
    def provisioning_state(self) -> str | None:
        """``Succeeded``, ``Creating``, …; None for kinds without one."""
        return text(look_up(self.raw, ("properties", "provisioningState")))

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows."""
        from amlrest.resources.html import facts

        return facts(type(self).__name__, self._facts())

    def _facts(self) -> Iterator[tuple[str, object]]:
        """Yield what the table shows."""
        yield "name", self.name
        yield "version", getattr(self, "version", None)
        yield "status", self.provisioning_state
        yield "description", getattr(self, "description", None)
        yield "tags", getattr(self, "tags", None)
        yield "created", self.created_at
        yield "id", self.id

    def identify(self) -> None:
        """Set the name from the id, else from the ``name`` in the response."""
        found = id_segment(self.id, self.KIND) if self.id else None
        self.name = found or text(self.raw.get("name"))


def view_of(archived: bool | None, dialect: object) -> dict[str, Any]:
    """Return the parameter of a list; none for the default, which is what is not archived.

    Args:
        archived: whether archived resources are wanted; None for both.
        dialect: of the API version; None for 2021-03-01-preview.

    Raises:
        ValidationError: the API version does not have it.
    """
    if archived is False:
        return {}
    if dialect is None:
        raise ValidationError("archived: needs API version 2022-05-01 or later")
    return {"list_view_type": "ArchivedOnly" if archived else "All"}


def of_kind(kind: type[R]) -> Callable[[Resource], R]:
    """Return a function that returns a resource that was read, if it is of a class.

    It raises a ValidationError for a resource of another class.

    Raises:
        ValidationError: it is not a class of resources.
    """
    fits = is_of(kind)

    def narrow(resource: Resource) -> R:
        if fits(resource):
            return cast("R", resource)
        found = type(resource).__name__
        raise ValidationError(
            f"{resource.name!r} is not {kind.__name__} but {found}; "
            f"use kind={found}, or leave kind out"
        )

    return narrow


def is_of(kind: type[Resource]) -> Callable[[Any], bool]:
    """Return a function that says whether a resource is of a class.

    Raises:
        ValidationError: it is not a class of resources.
    """
    if not (isinstance(kind, type) and issubclass(kind, Resource)):
        raise ValidationError(f"kind {kind!r} is not a class of resources; use CommandJob or such")
    return lambda resource: isinstance(resource, kind)


def name_to_write(resource: Resource) -> str:
    """Return the name of a resource that is written.

    Raises:
        ValidationError: it is missing, or a new resource cannot have it.
    """
    check = check_existing_name if resource.id else check_name
    return check(resource.KIND, resource.name or "")


def newest(resources: Sequence[R]) -> R:
    """Return the one that was created last; the first of those without a time."""
    return max(resources, key=lambda each: each.created_at or _NEVER)


def text(value: Any) -> str | None:
    """Return ``value`` if it is text, else None."""
    return value if isinstance(value, str) else None


def version_text(version: Any) -> Any:
    """Return a whole number as text, because YAML reads version 1 as a number."""
    is_number = isinstance(version, int) and not isinstance(version, bool)
    return str(version) if is_number else version


def moment(value: Any) -> datetime | None:
    """Parse a timestamp; without a zone it is UTC. A seventh digit of a second is dropped."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
