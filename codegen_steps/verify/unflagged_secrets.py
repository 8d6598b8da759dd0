"""Unflagged secrets: fields with a secret's name but without ``x-ms-secret``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen_steps.emit.secret_fields import is_secret
from codegen_steps.pinned_document import Json

if TYPE_CHECKING:
    from collections.abc import Iterator


def unflagged_secrets(document: Json) -> list[str]:
    """Return the JSON pointers of unflagged secrets."""
    schemas = document["components"]["schemas"]
    return sorted(
        pointer
        for name, schema in schemas.items()
        for pointer in _fields(schema, name, f"/components/schemas/{name}")
    )


def _fields(schema: Json, owner: str, pointer: str) -> Iterator[str]:
    for name, field in schema.get("properties", {}).items():
        at = f"{pointer}/properties/{name}"
        if not field.get("x-ms-secret") and is_secret(owner, name, field):
            yield at
        yield from _fields(field, owner, at)
    for index, part in enumerate(schema.get("allOf", [])):
        yield from _fields(part, owner, f"{pointer}/allOf/{index}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _fields(schema[key], owner, f"{pointer}/{key}")
