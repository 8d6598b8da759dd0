# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Types of fields: how to read a JSON value and how to check a Python value."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, cached_property
from typing import Any, Protocol

from .types import UNSET


class Kind(Protocol):
    """A type of field.

    Attributes:
        json_type: Python types of a JSON value of this type.
        plain: Whether reading keeps the JSON unchanged.
    """

    json_type: tuple[type, ...]
    plain: bool

    def read(self, value: Any) -> Any:
        """Convert a JSON value to Python; a value of another type is returned unchanged."""

    def check(self, where: str, value: object) -> None:
        """Raise TypeError or ValueError, naming `where`, for an invalid value."""


@cache
def named(name: str) -> Any:
    """Return a model or an enum; its module is imported on first use."""
    from . import models

    return getattr(models, name)


class AnyJson:
    """Any JSON value."""

    json_type: tuple[type, ...] = (object,)
    plain = True

    def read(self, value: Any) -> Any:
        return copy_json(value)

    def check(self, where: str, value: object) -> None:
        """Accept any value."""


class Scalar:
    """A JSON string, number or boolean; dates, durations and ids are strings."""

    _TYPES: dict[str, tuple[type, ...]] = {
        "str": (str,),
        "int": (int,),
        "float": (int, float),
        "bool": (bool,),
    }

    def __init__(self, name: str) -> None:
        self.name = name
        self.json_type = self._TYPES[name]
        self.plain = True

    def read(self, value: Any) -> Any:
        return copy_json(value)

    def check(self, where: str, value: object) -> None:
        # bool is an int in Python, but not in JSON
        wrong_bool = isinstance(value, bool) and self.name != "bool"
        if wrong_bool or not isinstance(value, self.json_type):
            raise _mismatch(where, self.name, value)


class ListOf:
    """A JSON array."""

    json_type: tuple[type, ...] = (list,)

    def __init__(self, item: Kind) -> None:
        self.item = item
        self.plain = item.plain

    def read(self, value: Any) -> Any:
        if self.plain or not isinstance(value, list):
            return copy_json(value)
        read = self.item.read
        return [read(item) for item in value]

    def check(self, where: str, value: object) -> None:
        if not isinstance(value, list):
            raise _mismatch(where, "list", value)
        for index, item in enumerate(value):
            _check_item(self.item, f"{where}[{index}]", item)


class MapOf:
    """A JSON object whose keys are data."""

    json_type: tuple[type, ...] = (dict,)

    def __init__(self, item: Kind) -> None:
        self.item = item
        self.plain = item.plain

    def read(self, value: Any) -> Any:
        if self.plain or not isinstance(value, dict):
            return copy_json(value)
        read = self.item.read
        return {key: read(item) for key, item in value.items()}

    def check(self, where: str, value: object) -> None:
        if not isinstance(value, dict):
            raise _mismatch(where, "dict", value)
        for key, item in value.items():
            if not isinstance(key, str):
                raise _mismatch(f"a key of {where}", "str", key)
            _check_item(self.item, f"{where}[{key!r}]", item)


class ModelOf:
    """A documented object; its class is imported on first use."""

    json_type: tuple[type, ...] = (dict,)
    plain = False

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def model(self) -> Any:
        return named(self.name)

    def read(self, value: Any) -> Any:
        return self.model.from_dict(value) if isinstance(value, dict) else copy_json(value)

    def check(self, where: str, value: object) -> None:
        if not isinstance(value, self.model):
            raise _mismatch(where, self.name, value)


class EnumOf:
    """A documented enum; an unknown value is kept as a string.

    Attributes:
        known: The members by value; empty until the enum is used, so that it loads only then.
    """

    json_type: tuple[type, ...] = (str,)
    plain = False

    def __init__(self, name: str) -> None:
        self.name = name
        self.known: dict[str, Any] = {}

    @cached_property
    def enum(self) -> Any:
        enum = named(self.name)
        self.known.update(enum._value2member_map_)
        return enum

    def read(self, value: Any) -> Any:
        if not isinstance(value, str):
            return copy_json(value)
        return self.enum._value2member_map_.get(value, value)

    def check(self, where: str, value: object) -> None:
        if not isinstance(value, str):
            raise _mismatch(where, self.name, value)
        if not self.enum.is_open() and value not in self.enum._value2member_map_:
            known = ", ".join(repr(member.value) for member in self.enum)
            raise ValueError(f"{where} must be one of {known}, not {value!r}")


_WRAPPED = re.compile(r"(list|dict|enum)\[(.+)\]")


@cache
def kind_of(text: str) -> Kind:
    """Return the kind of a type expression.

    Args:
        text: `any`, `str`, `int`, `float`, `bool`, `list[X]`, `dict[X]`, `enum[Name]`
            or the name of a model.
    """
    wrapped = _WRAPPED.fullmatch(text)
    if wrapped is None:
        if text == "any":
            return AnyJson()
        return Scalar(text) if text in Scalar._TYPES else ModelOf(text)
    outer, inner = wrapped.groups()
    if outer == "enum":
        return EnumOf(inner)
    return ListOf(kind_of(inner)) if outer == "list" else MapOf(kind_of(inner))


# JSON types besides objects and arrays; a set of exact types is the fastest test
ATOMS = frozenset({str, int, float, bool, type(None)})


def copy_json(value: Any) -> Any:
    """Return an independent copy of a JSON value, with models and enum members as JSON."""
    if value.__class__ in ATOMS:
        return value
    if isinstance(value, dict):
        return {
            key: item if item.__class__ in ATOMS else copy_json(item) for key, item in value.items()
        }
    if isinstance(value, list):
        return [item if item.__class__ in ATOMS else copy_json(item) for item in value]
    if isinstance(value, str | int | float | tuple) and not isinstance(value, Enum):
        return value
    return copy_json(json_default(value))


def json_default(value: Any) -> Any:
    """Convert a value that `json.dumps` does not support; nested values are not converted.

    Args:
        value: A model, an enum member or another value that is not JSON.

    Raises:
        TypeError: The value cannot be converted to JSON.
    """
    shallow = getattr(value, "_shallow", None)
    if shallow is not None:
        return shallow()
    if isinstance(value, Enum) and value is not UNSET:
        return value.value
    if value is UNSET:
        raise TypeError("UNSET marks an absent field; in a list or dict, leave the value out")
    raise TypeError(f"{type(value).__name__} is not a JSON value")


def _check_item(kind: Kind, where: str, item: object) -> None:
    if item is not None:
        kind.check(where, item)


def _mismatch(where: str, expected: str, value: object) -> TypeError:
    return TypeError(f"{where} must be {expected}, not {type(value).__name__}")
