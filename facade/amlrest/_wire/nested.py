"""Codecs of objects inside a resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amlrest._wire.convert import from_wire, to_wire
from amlrest._wire.fields import Scope
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError


class Nested:
    """An object of one class."""

    def __init__(self, cls: type[WireObject], dialect: Any = None) -> None:
        self.cls, self._dialect = cls, dialect
        self.classes = (cls,)

    def bind(self, dialect: Any) -> Nested:
        """Return the codec as it is in a dialect."""
        return Nested(self.cls, dialect)

    def read(self, raw: Any) -> Any:
        """Return an instance; ``raw`` if it is not a JSON object."""
        return from_wire(self.cls, raw, self._dialect) if isinstance(raw, dict) else raw

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        """Return the JSON object; a dict is sent unchanged."""
        if isinstance(value, self.cls):
            return to_wire(value, scope, where)
        if isinstance(value, Mapping):
            return dict(value)
        name = self.cls.__name__
        raise ValidationError(f"{where}: {value!r} is {type(value).__name__}; use {name}(…)")


class Union:
    """An object of one of several classes, selected by a discriminator in the JSON."""

    def __init__(self, *classes: type[WireObject], dialect: Any = None) -> None:
        found = [dialect.type_of(c) if dialect else c.WIRE_TYPE for c in classes]
        types = [one for one in found if one]
        self.classes, self._discriminator, self._dialect = classes, types[0][0], dialect
        self._by_value = dict(zip((value.lower() for _, value in types), classes, strict=True))

    def bind(self, dialect: Any) -> Union:
        """Return the codec as it is in a dialect."""
        return Union(*self.classes, dialect=dialect)

    def read(self, raw: Any) -> Any:
        """Return an instance of the class that the discriminator names; ``raw`` if unknown."""
        if not isinstance(raw, dict):
            return raw
        cls = self._by_value.get(str(raw.get(self._discriminator)).lower())
        return raw if cls is None else from_wire(cls, raw, self._dialect)

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        """Return the JSON object; a dict with the discriminator is sent unchanged."""
        if isinstance(value, self.classes):
            return to_wire(value, scope, where)
        if isinstance(value, Mapping) and self._discriminator in value:
            return dict(value)
        names = ", ".join(f"{c.__name__}(…)" for c in self.classes)
        raise ValidationError(f"{where}: {value!r} is {type(value).__name__}; use one of {names}")
