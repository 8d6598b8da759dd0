"""Codecs of simple values: scalars, choices, durations, references, lists and mappings."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from amlrest import _durations, _placeholders
from amlrest._wire.dialect import bound
from amlrest._wire.fields import Codec, Scope
from amlrest.errors import ValidationError
from amlrest.names import Reference, parse_reference


class Scalar:
    """A JSON value of one of the given Python types, unchanged."""

    def __init__(self, expected: str, *types: type) -> None:
        self._expected, self._types = expected, types

    def read(self, raw: Any) -> Any:
        """Return ``raw``."""
        return raw

    def write(self, value: Any, _scope: Scope | None, where: str) -> Any:
        """Return ``value`` if its type is correct."""
        wrong = isinstance(value, bool) and bool not in self._types
        if wrong or not isinstance(value, self._types) or _not_finite(value):
            raise ValidationError(
                f"{where}: {value!r} is {type(value).__name__}; use {self._expected}"
            )
        return value


TEXT = Scalar("a string", str)
INTEGER = Scalar("a whole number", int)
NUMBER = Scalar("a number", int, float)
BOOLEAN = Scalar("True or False", bool)


class Command:
    """A shell command, written with the placeholders of an API version."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        self._spell = spell

    def read(self, raw: Any) -> Any:
        """Return ``raw``."""
        return raw

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        """Return the command."""
        return self._spell(TEXT.write(value, scope, where))


FIRST_COMMAND = Command(_placeholders.to_first)
LATER_COMMAND = Command(_placeholders.to_later)


class Json:
    """Any JSON value."""

    def read(self, raw: Any) -> Any:
        """Return ``raw``."""
        return raw

    def write(self, value: Any, _scope: Scope | None, _where: str) -> Any:
        """Return ``value``, with a tuple as a list."""
        return list(value) if isinstance(value, tuple) else value


JSON = Json()


class Choice:
    """One of several values, ``low_priority`` in Python and ``LowPriority`` in JSON."""

    def __init__(self, **values: str) -> None:
        self.words = values
        self._by_flat = {_flat(v): k for k, v in values.items()} | {_flat(k): k for k in values}

    def normalise(self, value: Any) -> Any:
        """Return the Python spelling of a known value, case-insensitively; otherwise ``value``."""
        return self._by_flat.get(_flat(value), value) if isinstance(value, str) else value

    read = normalise

    def write(self, value: Any, _scope: Scope | None, where: str) -> str:
        """Return the service's spelling."""
        known = self.words.get(self.normalise(value)) if isinstance(value, str) else None
        if known is None:
            options = ", ".join(map(repr, self.words))
            raise ValidationError(f"{where}: unknown value {value!r}; use one of {options}")
        return known


class DurationCodec:
    """A duration: timedelta in Python, ISO 8601 in JSON."""

    normalise = staticmethod(_durations.normalise)

    def read(self, raw: Any) -> Any:
        """Return a timedelta; ``raw`` if it is not a duration."""
        return _durations.normalise(raw) if isinstance(raw, str) else raw

    def write(self, value: Any, _scope: Scope | None, where: str) -> str:
        """Return ISO 8601."""
        return _durations.to_iso(value, where)


DURATION = DurationCodec()


class Ref:
    """A reference by name, id, ``azureml:…`` or resource object; an ARM id in JSON."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def read(self, raw: Any) -> Any:
        """Return the id."""
        return raw

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        """Return the id."""
        try:
            target = self._target(value)
        except ValidationError as error:
            raise ValidationError(f"{where}: {error}") from None
        if isinstance(target, str):
            return target
        if scope is None:
            raise ValidationError(f"{where}: {value!r} is a name; use an id")
        return target.id_in(scope.workspace_id)

    def _target(self, value: Any) -> str | Reference:
        if isinstance(value, str):
            return parse_reference(self._kind, value)
        known, name = getattr(value, "id", None), getattr(value, "name", None)
        if isinstance(known, str):
            return parse_reference(self._kind, known)
        if isinstance(name, str) and getattr(value, "KIND", None) == self._kind in _UNVERSIONED:
            return parse_reference(self._kind, name)
        raise ValidationError(
            f"{value!r} is not in the workspace yet; create it first, or submit the job with it"
            if known is None and hasattr(value, "raw")
            else f"{value!r} is {type(value).__name__}; use a name, an id or a resource"
        )


_UNVERSIONED = frozenset({"computes", "datastores"})
"""Kinds whose id follows from the name, so that unsaved resources can be referenced."""


class MapOf:
    """A JSON object whose values share one codec."""

    def __init__(self, inner: Codec) -> None:
        self.inner = inner

    def bind(self, dialect: Any) -> MapOf:
        """Return the codec as it is in a dialect."""
        return MapOf(bound(self.inner, dialect))

    def read(self, raw: Any) -> Any:
        """Return a dict."""
        if not isinstance(raw, dict):
            return raw
        return {key: self._as_read(v) for key, v in raw.items()}

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        """Return a JSON object."""
        return self.rewrite(value, {}, scope, where)

    def rewrite(self, value: Any, before: Any, scope: Scope | None, where: str) -> Any:
        """Return a JSON object in which unchanged entries keep their JSON."""
        if not isinstance(value, Mapping):
            raise ValidationError(f"{where}: {value!r} is {type(value).__name__}; use a dict")
        known = before if isinstance(before, dict) else {}
        return {
            _key(key, where): copy.deepcopy(known[key])
            if key in known and self._as_read(known[key]) == v
            else self._entry(v, scope, f"{where}[{key!r}]")
            for key, v in value.items()
        }

    def _as_read(self, raw: Any) -> Any:
        return None if raw is None else self.inner.read(raw)

    def _entry(self, value: Any, scope: Scope | None, where: str) -> Any:
        return None if value is None else self.inner.write(value, scope, where)


class ListOf:
    """A JSON array whose items share one codec."""

    def __init__(self, inner: Codec) -> None:
        self.inner = inner

    def normalise(self, value: Any) -> Any:
        """Return a list with its items normalised; otherwise ``value``."""
        known = getattr(self.inner, "normalise", None)
        return [known(each) for each in value] if known and isinstance(value, list) else value

    def bind(self, dialect: Any) -> ListOf:
        """Return the codec as it is in a dialect."""
        return ListOf(bound(self.inner, dialect))

    def read(self, raw: Any) -> Any:
        """Return a list."""
        return [self.inner.read(v) for v in raw] if isinstance(raw, list) else raw

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        """Return a JSON array."""
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
            raise ValidationError(f"{where}: {value!r} is {type(value).__name__}; use a list")
        return [self.inner.write(v, scope, f"{where}[{i}]") for i, v in enumerate(value)]


class _Label:
    """A string; numbers are written as strings, as tags and variables need them."""

    def read(self, raw: Any) -> Any:
        return raw

    def write(self, value: Any, _scope: Scope | None, where: str) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise ValidationError(f"{where}: {value!r} is {type(value).__name__}; use a string")


LABELS = MapOf(_Label())


def _flat(value: str) -> str:
    return value.replace("_", "").replace("-", "").replace(" ", "").lower()


def _key(key: Any, where: str) -> str:
    if not isinstance(key, str) or not key:
        raise ValidationError(f"{where}: the key {key!r} is not a non-empty string")
    return key


def _not_finite(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)
