# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Operations of every pinned API version; only the table that is asked for is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from .. import API_VERSION
from ..operations import OPERATIONS, Operation

PINNED: Final[tuple[tuple[str, str], ...]] = (
    ("2021-03-01-preview", "2021-03-01-preview"),
    ("2022-02-01-preview", "2024-10-01"),
)
"""Pairs of an API version and the pinned version whose operations are valid from then on."""

_WITHOUT_MODELS = frozenset({None, "any", "str", "int", "float", "bool", "text", "bytes"})


def pinned_version(api_version: str) -> str:
    """Return the pinned version whose operations an API version has.

    It is the version itself, or the newest one of the same shape that is not later, or else the
    oldest one of that shape.

    Raises:
        ValueError: The version is older than every pinned one.
    """
    if any(api_version == version for _, version in PINNED):
        return api_version
    found = [version for since, version in PINNED if since[:10] <= api_version[:10]]
    if not found:
        raise ValueError(
            f"the operations of API version {api_version} are not known; "
            f"use {PINNED[0][0]} or a later one"
        )
    return found[-1]


def operations_of(api_version: str) -> Mapping[str, Operation]:
    """Return the operations of an API version by their identifiers.

    Models are those of the client's own version: bodies and responses of the operations of
    another pinned version are plain JSON.

    Raises:
        ValueError: The version is older than every pinned one.
    """
    version = pinned_version(api_version)
    return OPERATIONS if version == API_VERSION else _table(version)


@cache
def _table(version: str) -> Mapping[str, Operation]:
    name = "v" + "".join(letter if letter.isalnum() else "_" for letter in version)
    module = import_module(f"{__name__}.{name}")
    rows = {key: _as_json(row) for key, row in OPERATIONS.items() if key not in module.MISSING}
    for key, columns in module.CHANGED.items():
        found = _columns(columns, module.PARAMETERS)
        rows[key] = (
            rows[key]._replace(**found) if key in rows else Operation(id=key, function="", **found)
        )
    return MappingProxyType(dict(sorted(rows.items())))


def _as_json(row: Operation) -> Operation:
    responses = {status: _kind(kind) for status, kind in row.responses.items()}
    return row._replace(body=_kind(row.body), error=_kind(row.error), responses=responses)


def _kind(kind: str | None) -> str | None:
    return kind if kind in _WITHOUT_MODELS else "any"


def _columns(columns: Mapping[str, Any], parameters: tuple[Any, ...]) -> dict[str, Any]:
    if "parameters" not in columns:
        return dict(columns)
    chosen = tuple(parameters[number] for number in columns["parameters"])
    return {**columns, "parameters": chosen}


__all__ = ["PINNED", "operations_of", "pinned_version"]
