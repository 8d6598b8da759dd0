"""Codecs of objects inside a resource."""

from collections.abc import Mapping
from typing import Any

from amlrest._wire.convert import from_wire, to_wire
from amlrest._wire.fields import Scope
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError


class Nested:
    """An object of one class."""

    def __init__(self, cls: type[WireObject]) -> None:
        self.cls = cls

    def read(self, raw: Any) -> Any:
        """Return an instance; ``raw`` if it is not a JSON object."""
        return from_wire(self.cls, raw) if isinstance(raw, dict) else raw

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

    def __init__(self, *classes: type[WireObject]) -> None:
        types = [c.WIRE_TYPE for c in classes if c.WIRE_TYPE]
        self._classes, self._discriminator = classes, types[0][0]
        self._by_value = dict(zip((value.lower() for _, value in types), classes, strict=True))

    def read(self, raw: Any) -> Any:
        """Return an instance of the class that the discriminator names; ``raw`` if unknown."""
        if not isinstance(raw, dict):
            return raw
        cls = self._by_value.get(str(raw.get(self._discriminator)).lower())
        return raw if cls is None else from_wire(cls, raw)

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        """Return the JSON object; a dict with the discriminator is sent unchanged."""
        if isinstance(value, self._classes):
            return to_wire(value, scope, where)
        if isinstance(value, Mapping) and self._discriminator in value:
            return dict(value)
        names = ", ".join(f"{c.__name__}(…)" for c in self._classes)
        raise ValidationError(f"{where}: {value!r} is {type(value).__name__}; use one of {names}")
