"""WireObject: base class of everything that is converted to JSON."""

from typing import Any, ClassVar

import attrs
from attrs import define, field

from amlrest._urls import redact_signatures


@define(repr=False)
class WireObject:
    """An object that keeps the JSON it was read from.

    Attributes:
        raw: that JSON, including unknown fields; empty for a new object.
        dialect: the wire shape that `raw` is in; None for that of 2021-03-01-preview.
        origin: the file that describes it, as `located` uses it; None for an object of no file.
    """

    WIRE_MODEL: ClassVar[str] = ""
    """Definition in the pinned API document that declares the attributes."""
    WIRE_ROOT: ClassVar[str] = ""
    WIRE_TYPE: ClassVar[tuple[str, str] | None] = None
    """Discriminator and its value, for a subtype."""
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    """Attributes that a new object needs although their default is None."""

    SINCE: ClassVar[str | None] = None
    """The first API version that has the class, where 2021-03-01-preview does not."""

    REPR_AFTER_NAME: ClassVar[tuple[str, ...]] = ()
    """Read-only properties that the representation shows, after the first attribute."""

    raw: dict[str, Any] = field(factory=dict, repr=False, eq=False, kw_only=True)
    dialect: Any = field(default=None, init=False, repr=False, eq=False)
    origin: Any = field(default=None, init=False, repr=False, eq=False)

    def __repr__(self) -> str:
        """Show attributes that are set, without secrets and signatures of URLs."""
        kind: Any = type(self)
        names = [attribute.name for attribute in attrs.fields(kind) if attribute.repr]
        names[1:1] = self.REPR_AFTER_NAME
        parts = [f"{n}={getattr(self, n)!r}" for n in names if getattr(self, n) is not None]
        return redact_signatures(f"{kind.__name__}({', '.join(parts)})")

    def wire_constants(self) -> dict[str, str]:
        """Return constant JSON values by path."""
        return dict([self.WIRE_TYPE]) if self.WIRE_TYPE else {}

    def identify(self) -> None:
        """Set the attributes that are derived from the id; called after reading."""
