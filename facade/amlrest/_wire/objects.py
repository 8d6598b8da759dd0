"""The base of everything that has a form on the wire."""

from typing import Any, ClassVar

import attrs
from attrs import define, field

from amlrest._urls import redact_signatures


@define(repr=False)
class WireObject:
    """An object that keeps the JSON it was read from.

    Attributes:
        raw: that JSON, with what the facade has no name for; empty for a new object.
    """

    WIRE_MODEL: ClassVar[str] = ""
    """The definition in the pinned document that the attributes are taken from."""
    WIRE_ROOT: ClassVar[str] = ""
    WIRE_TYPE: ClassVar[tuple[str, str] | None] = None
    """Discriminator and its value, for a subtype."""
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    """Attributes without which a new object cannot be sent, where the class lets them be None."""

    raw: dict[str, Any] = field(factory=dict, repr=False, eq=False, kw_only=True)

    def __repr__(self) -> str:
        """Say what is set; secrets, signatures of URLs, and what is None, are left out."""
        kind: Any = type(self)
        names = [attribute.name for attribute in attrs.fields(kind) if attribute.repr]
        said = [f"{n}={getattr(self, n)!r}" for n in names if getattr(self, n) is not None]
        return redact_signatures(f"{kind.__name__}({', '.join(said)})")

    def wire_constants(self) -> dict[str, str]:
        """Return what stands on the wire without being an attribute, by path."""
        return dict([self.WIRE_TYPE]) if self.WIRE_TYPE else {}

    def identify(self) -> None:
        """Fill the attributes that follow from the id; called after reading."""
